using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Orleans.Sessions.Gateway.Oidc.Dpop;

/// <summary>
/// The public key in a DPoP proof (RFC 7517, RFC 7518 §6), with the algorithm that the proof names: one of
/// <see cref="Errors.DpopChallenge.Algorithms"/>. The framework has no EdDSA.
/// </summary>
internal sealed class DpopKey
{
    private const int LeastModulus = 2048 / 8;
    private const int MostModulus = 4096 / 8;
    private const int MostExponent = 8;
    private const int MaxText = 1024;

    /// <summary>The members that only private and symmetric keys have.</summary>
    private static readonly string[] s_secret = ["d", "p", "q", "dp", "dq", "qi", "oth", "k"];

    private readonly string _algorithm;
    private readonly ECParameters? _elliptic;
    private readonly RSAParameters? _rsa;

    private DpopKey(string algorithm, ECParameters elliptic, string canonical)
    {
        (_algorithm, _elliptic) = (algorithm, elliptic);
        Thumbprint = HashOf(canonical);
    }

    private DpopKey(string algorithm, RSAParameters rsa, string canonical)
    {
        (_algorithm, _rsa) = (algorithm, rsa);
        Thumbprint = HashOf(canonical);
    }

    /// <summary>The thumbprint by which tokens are bound to the key (RFC 7638).</summary>
    public string Thumbprint { get; }

    /// <summary>The key; <c>null</c> if it is not a public key for this algorithm, or if it is too weak or too large.</summary>
    public static DpopKey? Read(string algorithm, JsonElement jwk) =>
        jwk.ValueKind != JsonValueKind.Object || s_secret.Any(name => jwk.TryGetProperty(name, out _))
            ? null
            : algorithm switch
            {
                "ES256" => Elliptic(algorithm, jwk, "P-256", ECCurve.NamedCurves.nistP256, 32),
                "ES384" => Elliptic(algorithm, jwk, "P-384", ECCurve.NamedCurves.nistP384, 48),
                "RS256" or "PS256" => Rsa(algorithm, jwk),
                _ => null,
            };

    /// <summary>SHA-256 of a text of ASCII characters, as base64url.</summary>
    public static string HashOf(string text) => Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(text)));

    /// <summary>Whether the key has made this signature.</summary>
    public bool HasSigned(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        try
        {
            if (_elliptic is { } point)
            {
                using var elliptic = ECDsa.Create(point);
                return elliptic.VerifyData(data, signature, _algorithm == "ES384" ? HashAlgorithmName.SHA384 : HashAlgorithmName.SHA256);
            }

            using var rsa = RSA.Create(_rsa!.Value);
            return rsa.VerifyData(
                data,
                signature,
                HashAlgorithmName.SHA256,
                _algorithm == "PS256" ? RSASignaturePadding.Pss : RSASignaturePadding.Pkcs1
            );
        }
        catch (CryptographicException)
        {
            // The numbers are no key: for example, the point is not on the curve.
            return false;
        }
    }

    private static DpopKey? Elliptic(string algorithm, JsonElement jwk, string name, ECCurve curve, int size)
    {
        if (
            TextOf(jwk, "kty") != "EC"
            || TextOf(jwk, "crv") != name
            || BytesOf(jwk, "x") is not { } x
            || BytesOf(jwk, "y") is not { } y
            || x.Length != size
            || y.Length != size
        )
        {
            return null;
        }

        var parameters = new ECParameters
        {
            Curve = curve,
            Q = new ECPoint { X = x, Y = y },
        };
        var canonical = $$"""{"crv":"{{name}}","kty":"EC","x":"{{Base64Url.EncodeToString(x)}}","y":"{{Base64Url.EncodeToString(y)}}"}""";
        return new DpopKey(algorithm, parameters, canonical);
    }

    private static DpopKey? Rsa(string algorithm, JsonElement jwk)
    {
        // A number with leading zeros would have another thumbprint here than at its owner (RFC 7518 §2).
        if (
            TextOf(jwk, "kty") != "RSA"
            || BytesOf(jwk, "n") is not { Length: >= LeastModulus and <= MostModulus } modulus
            || BytesOf(jwk, "e") is not { Length: >= 1 and <= MostExponent } exponent
            || modulus[0] == 0
            || (modulus.Length == LeastModulus && modulus[0] < 0x80)
            || exponent[0] == 0
        )
        {
            return null;
        }

        var parameters = new RSAParameters { Modulus = modulus, Exponent = exponent };
        var canonical = $$"""{"e":"{{Base64Url.EncodeToString(exponent)}}","kty":"RSA","n":"{{Base64Url.EncodeToString(modulus)}}"}""";
        return new DpopKey(algorithm, parameters, canonical);
    }

    private static string? TextOf(JsonElement jwk, string name) =>
        jwk.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static byte[]? BytesOf(JsonElement jwk, string name) =>
        TextOf(jwk, name) is { Length: > 1 and <= MaxText } text && Base64Url.IsValid(text) ? Base64Url.DecodeFromChars(text) : null;
}
