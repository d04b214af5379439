using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Orleans.Runtime;

namespace Orleans.Sessions;

/// <summary>
/// Makes ids in the shape clients know: decimal digits, at most 19, growing with time (which keeps the database's indexes dense).
/// No two are equal, on however many nodes they are made: each one is out of a range that the database gives to one process only
/// (<see cref="IdRange"/>). A clock that is set back or forth changes nothing about that.
/// </summary>
public sealed class IdGenerator(IGrainFactory grains, TimeProvider clock)
{
    private readonly Lock _lock = new();
    private IdRangeCursor? _cursor;
    private Task? _reserving;

    /// <summary>
    /// The id for a request: a new one, or the one that belongs to the caller's own key, so that repeating the request meets the same record. That is 63 bits of
    /// a hash: that it is taken by accident is as unlikely as guessing an id, and the record refuses it.
    /// </summary>
    /// <param name="caller">Who asks; keys of different callers have nothing to do with each other.</param>
    /// <param name="idempotency">The key; <c>null</c>: there is none.</param>
    /// <exception cref="SessionException">As <see cref="NextAsync()"/>.</exception>
    public ValueTask<string> NextAsync(Caller caller, Idempotency? idempotency)
    {
        ArgumentNullException.ThrowIfNull(caller);
        if (idempotency is null)
        {
            return NextAsync();
        }

        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{caller.UserId}\n{idempotency.Key}"));
        return new(Text((long)(BinaryPrimitives.ReadUInt64BigEndian(hash) >> 1)));
    }

    /// <summary>A new id. It waits for the database only when this process has made none for a minute.</summary>
    /// <exception cref="SessionException"><c>SESSION-Store</c>: the database is away. <c>SESSION-Clust</c>: the cluster is.</exception>
    public async ValueTask<string> NextAsync()
    {
        while (true)
        {
            Task reserving;
            lock (_lock)
            {
                if (_cursor is not null && _cursor.TryTake(out var id))
                {
                    if (_cursor.IsHalfUsed)
                    {
                        // The next range is there before this one is used up. If that fails, somebody who waits for it is told.
                        (_reserving ??= BeginReserving()).Ignore();
                    }

                    return Text(id);
                }

                reserving = _reserving ??= BeginReserving();
            }

            await reserving;
        }
    }

    /// <summary>All who wait share the call, so neither the deadline nor the grain of who happens to begin it may be in it.</summary>
    private Task BeginReserving()
    {
        using (ExecutionContext.IsFlowSuppressed() ? default(IDisposable?) : ExecutionContext.SuppressFlow())
        {
            return Task.Run(ReserveAsync);
        }
    }

    private async Task ReserveAsync()
    {
        IdRange? range = null;
        try
        {
            range = await GrainCalls.RepeatIdempotentAsync(
                () => grains.Find<IIdRangesGrain>(0).ReserveAsync(), clock, CancellationToken.None);
        }
        finally
        {
            lock (_lock)
            {
                _cursor = range is { } reserved ? new(reserved, clock, _cursor) : _cursor;
                _reserving = null;
            }
        }
    }

    private static string Text(long id) => id.ToString(CultureInfo.InvariantCulture);
}
