using Orleans.Sessions.Fuzz.Running;
using Orleans.Sessions.Fuzz.World;

namespace Orleans.Sessions.Fuzz.Tests;

/// <summary>Half a minute of the fuzz on each database, at the same time: with a fixed seed, and with a new one.</summary>
public abstract class MinuteOfFuzzTests(FuzzDatabase database, ITestOutputHelper output)
{
    private static readonly TimeSpan s_part = TimeSpan.FromSeconds(15);

    [Fact]
    public Task The_requests_of_every_run_find_nothing() => FindsNothingAsync(seed: 1);

    /// <summary>The output has the seed, which repeats the same requests.</summary>
    [Fact]
    public Task Requests_that_nobody_has_sent_before_find_nothing() => FindsNothingAsync(Random.Shared.Next());

    private async Task FindsNothingAsync(long seed)
    {
        output.WriteLine($"{database}, seed {seed}");
        var report = await FuzzRun.RunAsync(database, new FuzzPlan(seed, s_part));
        output.WriteLine($"{report}");
        Assert.True(report.Requests > 0);
        Assert.True(report.Findings.Count == 0, $"{report}");
    }
}

public sealed class MinuteOfFuzzTestsOnSqlite(ITestOutputHelper output) : MinuteOfFuzzTests(FuzzDatabase.Sqlite, output);

public sealed class MinuteOfFuzzTestsOnPostgreSql(ITestOutputHelper output) : MinuteOfFuzzTests(FuzzDatabase.PostgreSql, output);
