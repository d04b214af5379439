using Orleans.Sessions.Fuzz.Running;
using Orleans.Sessions.Fuzz.World;

namespace Orleans.Sessions.Fuzz.Tests;

/// <summary>Limits hold, and do not affect other callers.</summary>
public sealed class FloodTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Who_floods_is_refused_and_nobody_else()
    {
        var report = await Flood.RunAsync(FuzzDatabase.Sqlite, 1);
        output.WriteLine(report.ToString());
        Assert.True(report.Findings.Count == 0, report.ToString());
    }
}
