using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace Orleans.Sessions.Gateway.Oidc.Dpop;

/// <summary>
/// A DPoP proof that is good for a request (RFC 9449 §4.3). Whether it was used before, and whether its nonce is a current one, is not
/// known yet.
/// </summary>
/// <param name="Thumbprint">The thumbprint of the key.</param>
/// <param name="Id">The <c>jti</c>.</param>
/// <param name="IssuedAt">When it was made, by the clock of its maker.</param>
/// <param name="Nonce">The nonce; <c>null</c> if it has none.</param>
internal sealed record DpopProof(string Thumbprint, string Id, DateTimeOffset IssuedAt, string? Nonce)
{
    /// <summary>How much the clocks of clients may be ahead.</summary>
    public static readonly TimeSpan Skew = TimeSpan.FromSeconds(10);

    private const int MaxProof = 4096;
    private const int MaxId = 200;
    private const int MaxDepth = 8;

    /// <summary>Two members of the same name could be read differently by two readers.</summary>
    private static readonly JsonDocumentOptions s_unambiguous = new() { AllowDuplicateProperties = false, MaxDepth = MaxDepth };

    /// <summary>
    /// Reads a proof. What costs least is checked first, and the signature last. Fails with <c>AUTH-Dpop2</c> to <c>AUTH-Dpop8</c>.
    /// </summary>
    /// <param name="text">The proof.</param>
    /// <param name="use">The request that it must be for.</param>
    /// <param name="lifetime">How long a proof is good.</param>
    /// <param name="now">The time.</param>
    public static DpopProof Read(string text, DpopUse use, TimeSpan lifetime, DateTimeOffset now)
    {
        try
        {
            return text.Length <= MaxProof && text.Split('.') is [var header, var claims, var signature]
                ? Read(header, claims, signature, use, lifetime, now)
                : throw new SessionException(SessionErrors.DpopProofUnreadable);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException)
        {
            // Not base64url, not JSON, no object, or a text with half of a surrogate pair.
            throw new SessionException(SessionErrors.DpopProofUnreadable);
        }
    }

    private static DpopProof Read(
        string encodedHeader,
        string encodedClaims,
        string encodedSignature,
        DpopUse use,
        TimeSpan lifetime,
        DateTimeOffset now
    )
    {
        using var header = JsonDocument.Parse(Base64Url.DecodeFromChars(encodedHeader), s_unambiguous);
        using var claims = JsonDocument.Parse(Base64Url.DecodeFromChars(encodedClaims), s_unambiguous);
        var signature = Base64Url.DecodeFromChars(encodedSignature);
        var key = KeyOf(header.RootElement);
        var proof = ProofOf(claims.RootElement, key, use, lifetime, now);
        return key.HasSigned(Encoding.ASCII.GetBytes($"{encodedHeader}.{encodedClaims}"), signature)
            ? proof
            : throw new SessionException(SessionErrors.DpopSignatureInvalid);
    }

    private static DpopKey KeyOf(JsonElement header)
    {
        // No extension of signatures is supported (RFC 7515 §4.1.11).
        if (TextOf(header, "typ") != "dpop+jwt" || header.TryGetProperty("crit", out _))
        {
            throw new SessionException(SessionErrors.DpopProofUnreadable);
        }

        return
            TextOf(header, "alg") is { } algorithm && header.TryGetProperty("jwk", out var jwk) && DpopKey.Read(algorithm, jwk) is { } key
            ? key
            : throw new SessionException(SessionErrors.DpopKeyInvalid);
    }

    private static DpopProof ProofOf(JsonElement claims, DpopKey key, DpopUse use, TimeSpan lifetime, DateTimeOffset now)
    {
        if (
            TextOf(claims, "jti") is not { Length: > 0 and <= MaxId } id
            || TextOf(claims, "htm") is not { } method
            || TextOf(claims, "htu") is not { } address
            || !claims.TryGetProperty("iat", out var time)
            || time.ValueKind != JsonValueKind.Number
            || !time.TryGetDouble(out var seconds)
        )
        {
            throw new SessionException(SessionErrors.DpopClaimMissing);
        }

        if (method != use.Method || !IsAddress(address, use.Address))
        {
            throw new SessionException(SessionErrors.DpopOtherRequest);
        }

        if (!(seconds >= (now - lifetime - Skew).ToUnixTimeSeconds() && seconds <= (now + Skew).ToUnixTimeSeconds()))
        {
            throw new SessionException(SessionErrors.DpopProofOld);
        }

        if (use.AccessToken is { } token && TextOf(claims, "ath") != DpopKey.HashOf(token))
        {
            throw new SessionException(SessionErrors.DpopOtherToken);
        }

        return new DpopProof(key.Thumbprint, id, DateTimeOffset.FromUnixTimeSeconds((long)seconds), TextOf(claims, "nonce"));
    }

    /// <summary>Whether both are the same address after normalization, without query and fragment (RFC 9449 §4.3).</summary>
    private static bool IsAddress(string given, string expected) =>
        Uri.TryCreate(given, UriKind.Absolute, out var uri)
        && uri.Scheme is "http" or "https"
        && uri.UserInfo.Length == 0
        && uri.GetLeftPart(UriPartial.Path) == new Uri(expected).GetLeftPart(UriPartial.Path);

    private static string? TextOf(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
