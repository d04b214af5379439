using Orleans.Sessions.Faults.Checking;
using Orleans.Sessions.Faults.Faults;
using Orleans.Sessions.Faults.Running;

namespace Orleans.Sessions.Faults.Tests;

/// <summary>A short run. The command in the README makes long ones.</summary>
public sealed class ShortRunTests(ITestOutputHelper output)
{
    private static readonly string[] s_faults = ["kill", "database-crash", "partition-nodes", "pause"];

    [Fact]
    public async Task Whatever_breaks_nothing_is_lost_and_nothing_revoked_is_honoured()
    {
        var options = new FaultOptions
        {
            Faults = [.. s_faults.Select(name => AllFaults.Named(name)!)],
            IsBrief = true,
            Workers = 4,
            Seed = 1,
        };

        var report = await FaultRun.RunAsync(options, output.WriteLine, TestContext.Current.CancellationToken);

        output.WriteLine(report.ToString());
        Assert.True(report.Violations.Count == 0, report.ToString());
        var done = report.History.Where(operation => operation.Outcome == Outcome.Done).Select(operation => operation.Act).ToHashSet();
        Assert.Equal(Enum.GetValues<Act>().ToHashSet(), done);
    }
}
