using System.Collections.Immutable;

namespace Orleans.Sessions.Saml;

/// <summary>
/// How assertions are encrypted, so that only their service provider can read them (XML Encryption 1.1, key transport with RSA-OAEP).
/// </summary>
/// <param name="Certificate">The X.509 certificate (DER) of the service provider's key.</param>
/// <param name="Method">One of <see cref="EncryptionMethods"/>.</param>
[GenerateSerializer, Immutable, Alias("sessions.AssertionEncryption")]
public sealed record AssertionEncryption([property: Id(0)] ImmutableArray<byte> Certificate, [property: Id(1)] string Method);

/// <summary>The XML Encryption algorithms that this service can use.</summary>
public static class EncryptionMethods
{
    /// <summary>AES-256-GCM, which also detects changes. Not every service provider supports it.</summary>
    public const string Aes256Gcm = "http://www.w3.org/2009/xmlenc11#aes256-gcm";

    /// <summary>AES-256-CBC, which all service providers support.</summary>
    public const string Aes256Cbc = "http://www.w3.org/2001/04/xmlenc#aes256-cbc";

    /// <summary>Whether this service can use the algorithm.</summary>
    public static bool IsKnown(string method) => method is Aes256Gcm or Aes256Cbc;
}
