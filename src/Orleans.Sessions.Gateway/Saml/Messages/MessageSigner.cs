using System.Security.Cryptography.X509Certificates;
using Orleans.Sessions.Saml;

namespace Orleans.Sessions.Gateway.Saml.Messages;

/// <summary>The key that signs, and the algorithms that the receiver wants.</summary>
/// <param name="Certificate">The certificate with its RSA key.</param>
/// <param name="Method">The signature algorithm: one of <see cref="SigningAlgorithms.Methods"/>.</param>
/// <param name="Digest">The digest algorithm: one of <see cref="SigningAlgorithms.Digests"/>.</param>
internal sealed record MessageSigner(
    X509Certificate2 Certificate,
    string Method = SigningAlgorithms.RsaSha256,
    string Digest = SigningAlgorithms.Sha256
);
