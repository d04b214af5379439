using System.Collections.Immutable;
using System.Security.Cryptography;
using Orleans.Sessions.Secrets;

namespace Orleans.Sessions.SigningKeys;

/// <summary>One RSA key pair.</summary>
/// <param name="Id">The <c>kid</c>.</param>
/// <param name="ProtectedKey">The private key, encrypted.</param>
/// <param name="Certificate">The self-signed X.509 certificate, DER; <c>null</c> for keys that sign tokens.</param>
[GenerateSerializer, Immutable, Alias("sessions.SigningKey")]
public sealed record SigningKey(
    [property: Id(0)] string Id,
    [property: Id(1)] ImmutableArray<byte> ProtectedKey,
    [property: Id(2)] ImmutableArray<byte>? Certificate = null
)
{
    /// <summary>The purpose for which the private key with this id is protected; see <see cref="SecretProtector.Protect"/>.</summary>
    public static string Purpose(string id) => $"oidc-key:{id}";

    /// <summary>
    /// The private key, ready to sign. Throws <see cref="CryptographicException"/> if it was encrypted with another master key.
    /// </summary>
    public RSA PrivateKey(SecretProtector secrets)
    {
        ArgumentNullException.ThrowIfNull(secrets);
        var rsa = RSA.Create();
        rsa.ImportPkcs8PrivateKey(secrets.Unprotect(ProtectedKey.AsSpan(), Purpose(Id)), out _);
        return rsa;
    }
}
