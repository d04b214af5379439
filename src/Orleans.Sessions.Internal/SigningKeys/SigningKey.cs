using System.Collections.Immutable;
using System.Security.Cryptography;
using Orleans.Sessions.Secrets;

namespace Orleans.Sessions.SigningKeys;

/// <summary>One key pair.</summary>
/// <param name="Id">The <c>kid</c>.</param>
/// <param name="ProtectedKey">The private key, encrypted.</param>
/// <param name="Certificate">The self-signed X.509 certificate, DER; <c>null</c> for keys that sign tokens.</param>
/// <param name="Algorithm">The algorithm with which it signs; <c>null</c> if it was not recorded.</param>
[GenerateSerializer, Immutable, Alias("sessions.SigningKey")]
public sealed record SigningKey(
    [property: Id(0)] string Id,
    [property: Id(1)] ImmutableArray<byte> ProtectedKey,
    [property: Id(2)] ImmutableArray<byte>? Certificate = null,
    [property: Id(3)] string? Algorithm = null
)
{
    /// <summary>The purpose for which the private key with this id is protected; see <see cref="SecretProtector.Protect"/>.</summary>
    public static string Purpose(string id) => $"oidc-key:{id}";

    /// <summary>The kind of the key, and how it signs. The size is not known here.</summary>
    public KeyForm Form => KeyForm.Of(Algorithm, null);

    /// <summary>
    /// The private key, ready to sign: <see cref="RSA"/>, or <see cref="ECDsa"/> if the algorithm has a curve. Keys with a certificate are
    /// RSA keys. Throws <see cref="CryptographicException"/> if it was encrypted with another master key.
    /// </summary>
    public AsymmetricAlgorithm PrivateKey(SecretProtector secrets)
    {
        ArgumentNullException.ThrowIfNull(secrets);
        AsymmetricAlgorithm key = Form.Curve is null ? RSA.Create() : ECDsa.Create();
        key.ImportPkcs8PrivateKey(secrets.Unprotect(ProtectedKey.AsSpan(), Purpose(Id)), out _);
        return key;
    }
}
