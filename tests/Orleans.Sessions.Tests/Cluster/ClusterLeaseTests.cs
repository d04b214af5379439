using Microsoft.Extensions.Time.Testing;
using Orleans.Sessions.Cluster;

namespace Orleans.Sessions.Tests.Cluster;

/// <summary>After each check of its membership, a node may answer from memory only for a limited time.</summary>
public sealed class ClusterLeaseTests
{
    private static readonly TimeSpan s_length = TimeSpan.FromSeconds(3);

    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly ClusterLease _lease;

    public ClusterLeaseTests() => _lease = new ClusterLease(_clock, s_length);

    [Fact]
    public void There_is_none_before_the_first_look()
    {
        Assert.False(_lease.IsHeld);
        Assert.Equal(SessionErrors.LeaseLost, Assert.Throws<SessionException>(_lease.Ensure).Error);
    }

    [Fact]
    public void It_counts_from_the_moment_before_the_database_was_asked()
    {
        var asked = _lease.Now;
        _clock.Advance(TimeSpan.FromSeconds(2));
        _lease.Renew(asked);
        Assert.True(_lease.IsHeld);

        _clock.Advance(TimeSpan.FromSeconds(0.999));
        _lease.Ensure();
        _clock.Advance(TimeSpan.FromSeconds(0.001));

        Assert.False(_lease.IsHeld);
    }

    [Fact]
    public void An_answer_that_is_older_than_the_lease_renews_nothing()
    {
        var asked = _lease.Now;
        _clock.Advance(s_length);

        _lease.Renew(asked);

        Assert.False(_lease.IsHeld);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Whichever_clock_says_first_that_it_is_over_is_believed(bool timestampStops)
    {
        var clock = new TwoClocks();
        var lease = new ClusterLease(clock, s_length);
        lease.Renew(lease.Now);
        Assert.True(lease.IsHeld);

        (clock.Timestamp, clock.Time) = timestampStops
            ? (clock.Timestamp, clock.Time + s_length)
            : (clock.Timestamp + s_length.Ticks, clock.Time - TimeSpan.FromHours(1));

        Assert.False(lease.IsHeld);
    }

    [Fact]
    public void No_renewal_under_way_brings_it_back_when_the_node_leaves()
    {
        _lease.End();

        _lease.Renew(_lease.Now);

        Assert.False(_lease.IsHeld);
    }

    [Fact]
    public void A_process_that_is_alone_always_has_it() => Assert.True(new ClusterLease(_clock).IsHeld);

    private sealed class TwoClocks : TimeProvider
    {
        public long Timestamp { get; set; } = 1;

        public DateTimeOffset Time { get; set; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Timestamp;

        public override DateTimeOffset GetUtcNow() => Time;
    }
}
