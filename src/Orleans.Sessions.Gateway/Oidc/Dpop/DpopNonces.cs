using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Orleans.Sessions.Secrets;

namespace Orleans.Sessions.Gateway.Oidc.Dpop;

/// <summary>
/// The nonces that clients repeat in their DPoP proofs (RFC 9449 §8), so that nobody can make proofs long before they are used. There is
/// one for each minute. It follows from the master key, so every node knows it, and nothing is stored.
/// </summary>
internal sealed class DpopNonces(SecretProtector secrets, TimeProvider clock)
{
    private const int Bytes = 16;
    private const long Period = 60;

    /// <summary>The nonce of this minute.</summary>
    public string Current => Of(Minute);

    private long Minute => clock.GetUtcNow().ToUnixTimeSeconds() / Period;

    /// <summary>
    /// Whether it is the nonce of this minute or of the one before. That of the next one is good too, because clocks of nodes differ.
    /// </summary>
    public bool IsCurrent(string? nonce)
    {
        if (nonce is not { Length: > 0 and <= 2 * Bytes })
        {
            return false;
        }

        var (minute, given) = (Minute, Encoding.UTF8.GetBytes(nonce));
        return new[] { minute, minute - 1, minute + 1 }.Any(known =>
            CryptographicOperations.FixedTimeEquals(given, Encoding.UTF8.GetBytes(Of(known)))
        );
    }

    private string Of(long minute) =>
        Base64Url.EncodeToString(
            secrets.Mac(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"dpop-nonce\n{minute}"))).AsSpan(0, Bytes)
        );
}
