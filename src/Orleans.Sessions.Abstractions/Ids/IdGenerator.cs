using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Orleans.Runtime;

namespace Orleans.Sessions;

/// <summary>
/// Creates ids in the shape that clients know: at most 19 decimal digits. The ids grow with time, which keeps the database's indexes dense.
/// No two ids are equal, however many nodes create them, because the database gives each range of ids to one process only
/// (<see cref="IdRange"/>). This stays true if somebody changes the clock.
/// </summary>
public sealed class IdGenerator(IGrainFactory grains, TimeProvider clock)
{
    private readonly Lock _lock = new();
    private IdRangeCursor? _cursor;
    private Task? _reserving;

    /// <summary>
    /// The id for a request: a new one, or one that is derived from the caller's own key. With the same key, a repeated request finds the
    /// same record. A derived id is 63 bits of a hash. A collision by accident is as unlikely as guessing an id, and the record refuses it.
    /// </summary>
    /// <param name="caller">The caller. The same key of another caller gives another id.</param>
    /// <param name="idempotency">The key; <c>null</c> if the request has no key.</param>
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

    /// <summary>A new id. It waits for the database only if this process has created no id for a minute.</summary>
    /// <exception cref="SessionException"><c>SESSION-Store</c>: the database is unavailable. <c>SESSION-Clust</c>: the cluster is
    /// unavailable.</exception>
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
                        // The next range arrives before this one is used up. If the reservation fails, the callers who wait for it get the
                        // error.
                        (_reserving ??= BeginReserving()).Ignore();
                    }

                    return Text(id);
                }

                reserving = _reserving ??= BeginReserving();
            }

            await reserving;
        }
    }

    /// <summary>
    /// All callers who wait share this call, so it must use neither the deadline nor the grain of the caller who starts it.
    /// </summary>
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
                () => grains.Find<IIdRangesGrain>(0).ReserveAsync(),
                clock,
                CancellationToken.None
            );
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
