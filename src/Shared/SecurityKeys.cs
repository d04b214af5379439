using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;

namespace Orleans.Sessions.Issuers;

/// <summary>
/// The keys of this installation in the form in which the library signs and verifies tokens. The grains and the gateway share this file,
/// like <see cref="IssuerDocuments"/>.
/// </summary>
internal static class SecurityKeys
{
    /// <summary>The key, an RSA key or one of an elliptic curve. What it signs has its id in the header.</summary>
    public static SecurityKey Of(AsymmetricAlgorithm key, string id) =>
        key is ECDsa elliptic ? new ECDsaSecurityKey(elliptic) { KeyId = id } : new RsaSecurityKey((RSA)key) { KeyId = id };
}
