using System.Security.Cryptography;

namespace Orleans.Sessions.SigningKeys;

/// <summary>Which kind of key signs tokens, and how.</summary>
/// <param name="Algorithm">
/// The algorithm (RFC 7518 §3.1): <c>RS256</c>, <c>RS384</c> or <c>RS512</c> of an RSA key, <c>ES256</c>, <c>ES384</c> or <c>ES512</c> of
/// one of the elliptic curves P-256, P-384 and P-521.
/// </param>
/// <param name="Bits">The size of an RSA key: 2048, 3072 or 4096; <c>null</c> for other keys.</param>
[GenerateSerializer, Immutable, Alias("sessions.KeyForm")]
public sealed record KeyForm([property: Id(0)] string Algorithm, [property: Id(1)] int? Bits = null)
{
    private const string DefaultAlgorithm = "RS256";
    private const int DefaultBits = 2048;

    /// <summary>The form of the first key: an RSA key of 2048 bits with SHA-256, which every client can verify.</summary>
    public static KeyForm Default { get; } = new(DefaultAlgorithm, DefaultBits);

    /// <summary>The curve of a key of this algorithm; <c>null</c> if it is an RSA key.</summary>
    public ECCurve? Curve =>
        Algorithm switch
        {
            "ES256" => ECCurve.NamedCurves.nistP256,
            "ES384" => ECCurve.NamedCurves.nistP384,
            "ES512" => ECCurve.NamedCurves.nistP521,
            _ => null,
        };

    /// <summary>The form of a key of which this was recorded. Earlier versions recorded neither.</summary>
    public static KeyForm Of(string? algorithm, int? bits) =>
        algorithm is null ? Default with { Bits = bits ?? DefaultBits } : new KeyForm(algorithm, bits);
}
