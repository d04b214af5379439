using Orleans.Sessions.Fuzz.Running;
using Orleans.Sessions.Fuzz.World;

namespace Orleans.Sessions.Fuzz.Tests;

/// <summary>A minute of the fuzz in four parts, with fixed seeds and with new seeds.</summary>
public sealed class MinuteOfFuzzTests(ITestOutputHelper output)
{
    private static readonly TimeSpan s_part = TimeSpan.FromSeconds(15);

    [Theory]
    [InlineData(FuzzDatabase.Sqlite)]
    [InlineData(FuzzDatabase.PostgreSql)]
    public Task The_requests_of_every_run_find_nothing(FuzzDatabase database) => FindsNothingAsync(database, seed: 1);

    /// <summary>The output has the seed, which repeats the same requests.</summary>
    [Theory]
    [InlineData(FuzzDatabase.Sqlite)]
    [InlineData(FuzzDatabase.PostgreSql)]
    public Task Requests_that_nobody_has_sent_before_find_nothing(FuzzDatabase database) =>
        FindsNothingAsync(database, Random.Shared.Next());

    private async Task FindsNothingAsync(FuzzDatabase database, long seed)
    {
        output.WriteLine($"{database}, seed {seed}");
        var report = await FuzzRun.RunAsync(database, new FuzzPlan(seed, s_part));
        output.WriteLine($"{report}");
        Assert.True(report.Requests > 0);
        Assert.True(report.Findings.Count == 0, $"{report}");
    }
}
