using System.Collections.Immutable;

namespace Orleans.Sessions.Saml;

/// <summary>
/// How assertions are encrypted, so that only their service provider can read them (XML Encryption 1.1, key transport with RSA-OAEP).
/// </summary>
/// <param name="Certificate">The X.509 certificate (DER) of the service provider's key.</param>
/// <param name="Method">One of <see cref="EncryptionMethods"/>.</param>
[GenerateSerializer, Immutable, Alias("sessions.AssertionEncryption")]
public sealed record AssertionEncryption([property: Id(0)] ImmutableArray<byte> Certificate, [property: Id(1)] string Method);
