using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Orleans.Sessions;

/// <summary>
/// Makes ids in the shape clients know: decimal digits, at most 19, growing with time (which keeps the database's
/// indexes dense). 41 bits of milliseconds since 2024 and 22 random bits. Two equal ids within one millisecond are unlikely but
/// possible: the first write of a record notices, because it never replaces one.
/// </summary>
public sealed class IdGenerator(TimeProvider clock)
{
    private static readonly DateTimeOffset s_epoch = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>
    /// The id for a request: a new one, or the one that belongs to the caller's own key, so that repeating the request meets the same record. That is 63 bits of
    /// a hash: two clients meeting by accident is as unlikely as with a new id, and refused by the record.
    /// </summary>
    /// <param name="caller">Who asks; keys of different callers have nothing to do with each other.</param>
    /// <param name="idempotency">The key; <c>null</c>: there is none.</param>
    public string Next(Caller caller, Idempotency? idempotency)
    {
        ArgumentNullException.ThrowIfNull(caller);
        if (idempotency is null)
        {
            return Next();
        }

        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{caller.UserId}\n{idempotency.Key}"));
        return (BinaryPrimitives.ReadUInt64BigEndian(hash) >> 1).ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>A new id.</summary>
    public string Next()
    {
        var milliseconds = (long)(clock.GetUtcNow() - s_epoch).TotalMilliseconds;
        return ((milliseconds << 22) | (uint)RandomNumberGenerator.GetInt32(1 << 22)).ToString(CultureInfo.InvariantCulture);
    }
}
