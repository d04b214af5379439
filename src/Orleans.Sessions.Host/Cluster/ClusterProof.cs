using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Orleans.Sessions.Secrets;

namespace Orleans.Sessions.Host.Cluster;

/// <summary>
/// Proves that a process of the cluster holds the master key, without revealing the key. The proof is the current minute and a MAC of it.
/// It travels with calls (<see cref="ContextKey"/>). It is valid for five minutes, and up to five minutes early, because clocks differ.
/// </summary>
internal sealed class ClusterProof(SecretProtector secrets, TimeProvider clock)
{
    /// <summary>The entry of the request context that contains the proof.</summary>
    public const string ContextKey = "sessions.proof";

    private const long GoodForMinutes = 5;

    private volatile Proof? _own;
    private volatile Proof? _lastGood;

    private long Minute => clock.GetUtcNow().ToUnixTimeSeconds() / 60;

    /// <summary>Creates a proof for the current minute.</summary>
    public string Create()
    {
        var minute = Minute;
        var own = _own;
        if (own?.Minute != minute)
        {
            _own = own = new Proof(minute, $"{minute.ToString(CultureInfo.InvariantCulture)}.{Base64Url.EncodeToString(Mac(minute))}");
        }

        return own.Text;
    }

    /// <summary>
    /// Whether <paramref name="text"/> is a proof that is valid now. The text can be anything, because any client can send it.
    /// </summary>
    public bool IsGood(string? text)
    {
        if (text is null)
        {
            return false;
        }

        var known = _lastGood;
        if (known is not null && known.Text == text)
        {
            return IsRecent(known.Minute);
        }

        var parts = text.Split('.', 3);
        Span<byte> mac = stackalloc byte[HMACSHA256.HashSizeInBytes];
        if (
            parts.Length != 2
            || parts[1].Length != Base64Url.GetEncodedLength(mac.Length)
            || !long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var minute)
            || !IsRecent(minute)
            || !Base64Url.TryDecodeFromChars(parts[1], mac, out var length)
            || length != mac.Length
            || !CryptographicOperations.FixedTimeEquals(mac, Mac(minute))
        )
        {
            return false;
        }

        _lastGood = new Proof(minute, text);
        return true;
    }

    private bool IsRecent(long minute) => Math.Abs(Minute - minute) <= GoodForMinutes;

    private byte[] Mac(long minute) =>
        secrets.Mac(Encoding.ASCII.GetBytes($"sessions: a process of the cluster, minute {minute.ToString(CultureInfo.InvariantCulture)}"));

    private sealed record Proof(long Minute, string Text);
}
