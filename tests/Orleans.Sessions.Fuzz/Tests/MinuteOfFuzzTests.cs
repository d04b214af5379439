using Orleans.Sessions.Fuzz.Running;
using Orleans.Sessions.Fuzz.World;

namespace Orleans.Sessions.Fuzz.Tests;

/// <summary>
/// Half a minute of the fuzz on each database, at the same time. The requests are the same in every run, on every machine: a test says
/// something about a change, not about luck. The command in the README tries other ones.
/// </summary>
public abstract class MinuteOfFuzzTests(FuzzDatabase database, ITestOutputHelper output)
{
    private const int Actions = 500;

    /// <summary>Only a machine that is much too slow for these tests needs longer.</summary>
    private static readonly TimeSpan s_part = TimeSpan.FromMinutes(2);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task The_requests_of_a_seed_find_nothing(long seed)
    {
        var report = await FuzzRun.RunAsync(database, new FuzzPlan(seed, s_part, Actions));
        output.WriteLine($"{report}");
        Assert.True(report.Requests > 0);
        Assert.True(report.Findings.Count == 0, $"{report}");
    }
}

public sealed class MinuteOfFuzzTestsOnSqlite(ITestOutputHelper output) : MinuteOfFuzzTests(FuzzDatabase.Sqlite, output);

public sealed class MinuteOfFuzzTestsOnPostgreSql(ITestOutputHelper output) : MinuteOfFuzzTests(FuzzDatabase.PostgreSql, output);
