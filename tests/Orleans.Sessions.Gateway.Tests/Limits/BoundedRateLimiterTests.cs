using System.Net;
using System.Threading.RateLimiting;
using Microsoft.Extensions.Time.Testing;
using Orleans.Sessions.Gateway.Limits;

namespace Orleans.Sessions.Gateway.Tests.Limits;

/// <summary>The rate for each key, and the memory for all keys.</summary>
public sealed class BoundedRateLimiterTests
{
    private readonly FakeTimeProvider _clock = new();

    [Fact]
    public void There_is_so_much_at_once_and_then_so_much_a_minute()
    {
        using var limiter = Limiter(burst: 3, perMinute: 6);
        Assert.True(limiter.IsEmpty);
        Assert.Equal(3, Count(() => Take(limiter, "a")));
        Assert.False(limiter.IsEmpty);
        Assert.Equal(TimeSpan.FromSeconds(10), Wait(limiter, "a", 1));
        Assert.Equal(TimeSpan.FromSeconds(20), Wait(limiter, "a", 2));

        _clock.Advance(TimeSpan.FromSeconds(9.9));
        Assert.False(Take(limiter, "a"));
        _clock.Advance(TimeSpan.FromSeconds(0.1));
        Assert.Equal(1, Count(() => Take(limiter, "a")));
        _clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(3, Count(() => Take(limiter, "a")));
        Assert.Equal(3, Count(() => Take(limiter, "b")));
    }

    [Fact]
    public void To_ask_takes_nothing()
    {
        using var limiter = Limiter(burst: 1, perMinute: 1);
        Assert.Equal(10, Count(() => Take(limiter, "a", 0)));
        Assert.True(limiter.IsEmpty);
        Assert.True(Take(limiter, "a"));
        Assert.Equal(TimeSpan.FromMinutes(1), Wait(limiter, "a", 0));
        Assert.True(Take(limiter, "b", 0));
    }

    [Fact]
    public void What_is_larger_than_a_burst_passes_alone()
    {
        using var limiter = Limiter(burst: 10, perMinute: 10);
        Assert.True(Take(limiter, "a", 15));
        Assert.False(Take(limiter, "a", 15));
        _clock.Advance(TimeSpan.FromSeconds(89));
        Assert.False(Take(limiter, "a", 15));
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.True(Take(limiter, "a", 15));
    }

    [Fact]
    public void Without_a_rate_there_is_no_limit()
    {
        using var limiter = Limiter(burst: 1, perMinute: 0);
        Assert.Equal(10, Count(() => Take(limiter, "a")));
        Assert.True(limiter.IsEmpty);
    }

    [Fact]
    public void Any_number_of_sources_fills_a_bounded_memory_and_who_is_seen_again_stays()
    {
        using var limiter = new BoundedRateLimiter<int>(new Rate(1, 1), maxPartitions: 1000, _clock);
        Assert.True(limiter.AttemptAcquire(-1).IsAcquired);
        for (var source = 0; source < 100_000; source++)
        {
            Assert.True(limiter.AttemptAcquire(source).IsAcquired);
            Assert.False(limiter.AttemptAcquire(-1).IsAcquired);
            Assert.InRange(limiter.Partitions, 1, 1000);
        }

        // Of the other keys the most recent ones are remembered.
        Assert.False(limiter.AttemptAcquire(99_999).IsAcquired);
    }

    [Fact]
    public async Task Of_many_at_once_no_more_pass_than_may()
    {
        using var limiter = Limiter(burst: 100, perMinute: 1);
        var passed = 0;
        await Task.WhenAll(
            Enumerable
                .Range(0, 8)
                .Select(_ => Task.Run(() => Interlocked.Add(ref passed, Enumerable.Range(0, 50).Count(_ => Take(limiter, "a")))))
        );
        Assert.Equal(100, passed);
    }

    [Fact]
    public void Sixty_four_bits_of_IPv6_are_one_source()
    {
        Assert.Equal(Of("2001:db8:1:2::1"), Of("2001:db8:1:2:ffff:ffff:ffff:ffff"));
        Assert.NotEqual(Of("2001:db8:1:2::1"), Of("2001:db8:1:3::1"));
        Assert.NotEqual(Of("192.0.2.1"), Of("192.0.2.2"));
        Assert.Equal(Of("192.0.2.1"), Of("::ffff:192.0.2.1"));
        Assert.NotEqual(Of("0.0.0.1"), Of("::"));
        Assert.NotEqual(Network.Of(null), Of("::"));

        static Network Of(string address) => Network.Of(IPAddress.Parse(address));
    }

    private BoundedRateLimiter<string> Limiter(int burst, int perMinute) => new(new Rate(burst, perMinute), maxPartitions: 100, _clock);

    private static bool Take(BoundedRateLimiter<string> limiter, string key, int count = 1) =>
        limiter.AttemptAcquire(key, count).IsAcquired;

    private static TimeSpan Wait(BoundedRateLimiter<string> limiter, string key, int count)
    {
        var lease = limiter.AttemptAcquire(key, count);
        Assert.False(lease.IsAcquired);
        Assert.True(lease.TryGetMetadata(MetadataName.RetryAfter, out var wait));
        return wait;
    }

    private static int Count(Func<bool> take)
    {
        var taken = 0;
        while (taken < 10 && take())
        {
            taken++;
        }

        return taken;
    }
}
