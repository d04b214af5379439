using Orleans.Sessions.Faults.Embedded;

namespace Orleans.Sessions.Faults.Tests;

/// <summary>Short runs on the embedded database. The command in the README makes long ones.</summary>
public sealed class EmbeddedRunTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("kill")]
    [InlineData("full-disk")]
    public async Task Whatever_happens_to_the_process_or_its_disk_nothing_acknowledged_is_lost(string name)
    {
        var options = new EmbeddedOptions { Rounds = 3, Seed = 1 };
        var run = new EmbeddedRun(Scenario.Named(name)!, options, output.WriteLine);

        var result = await run.RunAsync(TestContext.Current.CancellationToken);

        Assert.SkipWhen(result is null, "There is no small file system here.");
        Assert.True(result.Violations.Count == 0, EmbeddedResult.Table([result]));
        Assert.True(result.Operations > 100, $"{result.Operations} operations");
    }
}
