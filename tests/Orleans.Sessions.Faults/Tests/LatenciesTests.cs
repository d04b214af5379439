using Orleans.Sessions.Faults.Checking;
using Orleans.Sessions.Faults.Storms;

namespace Orleans.Sessions.Faults.Tests;

/// <summary>A storm is judged by what others have measured, and only if they have measured enough.</summary>
public sealed class LatenciesTests
{
    [Fact]
    public void The_slowest_of_a_hundred_counts_for_reads_and_for_writes()
    {
        var latencies = new Latencies([.. Times(Act.Read, 200), .. Times(Act.Update, 100)]);

        Assert.Equal(TimeSpan.FromMilliseconds(198), latencies.Reads);
        Assert.Equal(TimeSpan.FromMilliseconds(99), latencies.Writes);
    }

    [Theory]
    [InlineData(100, 100, true)]
    [InlineData(100, 0, false)]
    [InlineData(99, 100, false)]
    public void A_storm_in_which_others_made_too_few_requests_is_not_good(int reads, int writes, bool isGood)
    {
        var enough = new Latencies([.. Times(Act.Read, 100), .. Times(Act.Create, 100)]);
        var some = new Latencies([.. Times(Act.List, reads), .. Times(Act.End, writes)]);

        Assert.Equal(isGood, new StormResult("before") { Before = some, During = enough }.IsGood);
        Assert.Equal(isGood, new StormResult("during") { Before = enough, During = some }.IsGood);
    }

    /// <summary>Operations that take 1, 2, 3, … milliseconds.</summary>
    private static IEnumerable<Operation> Times(Act act, int count) =>
        Enumerable.Range(1, count).Select(i => new Operation { Act = act, Responded = TimeSpan.FromMilliseconds(i) });
}
