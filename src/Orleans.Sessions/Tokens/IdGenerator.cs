using System.Globalization;
using System.Security.Cryptography;

namespace Orleans.Sessions.Tokens;

/// <summary>
/// Makes ids in the shape clients know: decimal digits, at most 19, growing with time (which keeps the database's
/// indexes dense). 41 bits of milliseconds since 2024 and 22 random bits. Two equal ids within one millisecond are unlikely but
/// possible: the first write of a record notices, because it never replaces one.
/// </summary>
public sealed class IdGenerator(TimeProvider clock)
{
    private static readonly DateTimeOffset s_epoch = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>A new id.</summary>
    public string Next()
    {
        var milliseconds = (long)(clock.GetUtcNow() - s_epoch).TotalMilliseconds;
        return ((milliseconds << 22) | (uint)RandomNumberGenerator.GetInt32(1 << 22)).ToString(CultureInfo.InvariantCulture);
    }
}
