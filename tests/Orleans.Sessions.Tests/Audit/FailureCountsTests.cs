using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Orleans.Sessions.Audit;

namespace Orleans.Sessions.Tests.Audit;

/// <summary>Whatever a stranger does, it causes few rows, and no failure is lost.</summary>
public sealed class FailureCountsTests
{
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 1, 1, 12, 0, 30, TimeSpan.Zero));
    private readonly Sink _sink = new();
    private readonly FailureCounts _counts;

    public FailureCountsTests() => _counts = new(_sink, _clock, NullLogger<FailureCounts>.Instance);

    [Fact]
    public async Task The_same_failure_of_a_minute_is_one_row_with_a_count()
    {
        for (var i = 0; i < 1000; i++)
        {
            _counts.Add(Failure("192.0.2.1") with { RequestId = $"{i}", UserAgent = $"agent {i}" });
        }

        await _counts.FlushAsync(default);

        var row = Assert.Single(_sink.Rows);
        Assert.Equal((1000, "0", "agent 0"), (row.Count, row.RequestId, row.UserAgent));
        Assert.Equal(new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero), row.At);
    }

    [Fact]
    public async Task What_was_handed_on_is_not_handed_on_again()
    {
        _counts.Add(Failure("192.0.2.1"));
        await _counts.FlushAsync(default);
        _counts.Add(Failure("192.0.2.1"));
        _counts.Add(Failure("192.0.2.1"));
        await _counts.FlushAsync(default);
        await _counts.FlushAsync(default);

        Assert.Equal([1, 2], _sink.Rows.Select(row => row.Count));
    }

    [Fact]
    public async Task Any_number_of_sources_is_a_bounded_number_of_rows_and_nothing_is_uncounted()
    {
        for (var i = 0; i < 5000; i++)
        {
            _counts.Add(Failure($"192.0.{i / 250}.{i % 250}") with { TargetId = $"{i}" });
            if (i % 400 == 0)
            {
                await _counts.FlushAsync(default);
            }
        }

        await _counts.FlushAsync(default);

        Assert.True(_sink.Rows.DistinctBy(row => (row.Source, row.TargetId)).Count() <= FailureCounts.MaxRows + 1);
        Assert.Equal(5000, _sink.Rows.Sum(row => row.Count));
    }

    [Fact]
    public async Task The_next_minute_has_rows_of_its_own()
    {
        for (var i = 0; i < 2 * FailureCounts.MaxRows; i++)
        {
            _counts.Add(Failure($"10.0.{i / 250}.{i % 250}"));
        }

        await _counts.FlushAsync(default);
        _clock.Advance(TimeSpan.FromMinutes(1));
        await _counts.FlushAsync(default);
        _sink.Rows.Clear();
        _counts.Add(Failure("192.0.2.77"));
        await _counts.FlushAsync(default);

        Assert.Equal("192.0.2.77", Assert.Single(_sink.Rows).Source);
    }

    [Fact]
    public async Task All_addresses_of_an_IPv6_network_are_one_source()
    {
        _counts.Add(Failure("2001:db8:1:2::1"));
        _counts.Add(Failure("2001:db8:1:2:ffff::9"));
        _counts.Add(Failure("2001:db8:1:3::1"));
        await _counts.FlushAsync(default);

        Assert.Equal([("2001:db8:1:2::/64", 2), ("2001:db8:1:3::/64", 1)], _sink.Rows.Select(row => (row.Source!, row.Count)));
    }

    [Fact]
    public async Task What_could_not_be_stored_is_stored_later()
    {
        _counts.Add(Failure("192.0.2.1"));
        _sink.IsAway = true;
        await _counts.FlushAsync(default);
        _counts.Add(Failure("192.0.2.1"));
        _clock.Advance(TimeSpan.FromMinutes(2));
        await _counts.FlushAsync(default);
        Assert.Empty(_sink.Rows);

        _sink.IsAway = false;
        await _counts.FlushAsync(default);

        Assert.Equal(2, Assert.Single(_sink.Rows).Count);
    }

    [Fact]
    public async Task However_long_the_database_is_away_the_memory_is_bounded()
    {
        _sink.IsAway = true;
        for (var minute = 0; minute < 2000; minute++)
        {
            for (var i = 0; i < 20; i++)
            {
                _counts.Add(Failure($"10.{minute % 250}.{minute / 250}.{i}"));
            }

            await _counts.FlushAsync(default);
            _clock.Advance(TimeSpan.FromMinutes(1));
        }

        _sink.IsAway = false;
        await _counts.FlushAsync(default);

        Assert.InRange(_sink.Rows.Count, 1, FailureCounts.MaxWaiting);
    }

    private static AuditRow Failure(string source) =>
        new()
        {
            At = default,
            Kind = "login.password",
            Outcome = AuditOutcome.Failure,
            Reason = "COMMAND-3M0fs",
            Source = source,
        };

    private sealed class Sink : IAuditSink
    {
        public List<AuditRow> Rows { get; } = [];

        public bool IsAway { get; set; }

        public Task CountAsync(IReadOnlyList<AuditRow> counted, CancellationToken cancellationToken)
        {
            if (IsAway)
            {
                throw new TimeoutException();
            }

            Rows.AddRange(counted);
            return Task.CompletedTask;
        }
    }
}
