using Microsoft.Extensions.Logging;

namespace Orleans.Sessions.Audit;

/// <summary>
/// Counts failures and refused calls, so that an attacker who causes a million of them fills neither the memory nor the database. There is
/// one row for each minute, source, target and reason, up to <see cref="MaxRows"/> rows in a minute. Above that, there is one row for each
/// reason. An IPv6 source counts by its 64-bit network, because one person may own all addresses of such a network.
/// <see cref="FlushAsync"/> sends the rows on in groups.
/// </summary>
public sealed partial class FailureCounts(IAuditSink sink, TimeProvider clock, ILogger<FailureCounts> log)
{
    /// <summary>The maximum number of different rows that a process makes in a minute.</summary>
    public const int MaxRows = 250;

    /// <summary>The maximum number of rows that wait while they cannot be sent on.</summary>
    public const int MaxWaiting = 4 * MaxRows;

    private readonly Lock _lock = new();

    /// <summary>
    /// The counted rows, by the values that they share, with the count that is not sent yet. The next flush removes the rows of earlier
    /// minutes.
    /// </summary>
    private readonly Dictionary<AuditRow, (AuditRow First, int Waiting)> _counted = [];

    /// <summary>Counts an event.</summary>
    public void Add(AuditRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        row = row with
        {
            At = MinuteOf(clock.GetUtcNow()),
            Source = row.Source is { } source ? ClientAddress.Network(source) : null,
            Session = null,
            Detail = null,
            Count = 1,
        };
        lock (_lock)
        {
            AddWaiting(row, 1);
        }
    }

    /// <summary>Sends on what was counted since the last flush. If that fails, the counts wait for the next flush.</summary>
    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        List<AuditRow> taken = [];
        lock (_lock)
        {
            var minute = MinuteOf(clock.GetUtcNow());
            foreach (var (key, (first, waiting)) in _counted.ToList())
            {
                if (waiting > 0)
                {
                    taken.Add(first with { Count = waiting });
                    _counted[key] = (first, 0);
                }

                if (first.At != minute)
                {
                    _counted.Remove(key);
                }
            }
        }

        if (taken.Count == 0)
        {
            return;
        }

        try
        {
            await sink.CountAsync(taken, cancellationToken);
        }
        catch (Exception exception)
        {
            FlushFailed(log, exception);
            lock (_lock)
            {
                taken.ForEach(row => AddWaiting(row with { Count = 1 }, row.Count));
            }
        }
    }

    private void AddWaiting(AuditRow row, int count)
    {
        if (_counted.Count >= MaxRows && !_counted.ContainsKey(KeyOf(row)))
        {
            row = row with
            {
                Source = null,
                UserAgent = null,
                RequestId = null,
                ActorId = null,
                OrganizationId = null,
                TargetId = null,
                ClientId = null,
            };
            if (_counted.Count >= MaxWaiting && !_counted.ContainsKey(KeyOf(row)))
            {
                // The database has been unreachable for hours.
                return;
            }
        }

        var key = KeyOf(row);
        var (first, waiting) = _counted.GetValueOrDefault(key, (row, 0));
        _counted[key] = (first, waiting + count);
    }

    private static AuditRow KeyOf(AuditRow row) => row with { UserAgent = null, RequestId = null };

    private static DateTimeOffset MinuteOf(DateTimeOffset time) => new(time.Ticks - (time.Ticks % TimeSpan.TicksPerMinute), TimeSpan.Zero);

    [LoggerMessage(LogLevel.Warning, "The storage did not accept counted security events; they stay counted for the next attempt")]
    private static partial void FlushFailed(ILogger log, Exception exception);
}
