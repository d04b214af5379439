using System.Collections.Immutable;

namespace Orleans.Sessions.Saml;

/// <summary>How assertions are encrypted so that only their service provider can read them (XML Encryption 1.1, the key by RSA-OAEP).</summary>
/// <param name="Certificate">The X.509 certificate (DER) of the service provider's key.</param>
/// <param name="Method">One of <see cref="EncryptionMethods"/>.</param>
[GenerateSerializer, Immutable, Alias("sessions.AssertionEncryption")]
public sealed record AssertionEncryption([property: Id(0)] ImmutableArray<byte> Certificate, [property: Id(1)] string Method);

/// <summary>The ways of XML Encryption by which this service encrypts.</summary>
public static class EncryptionMethods
{
    /// <summary>AES-256-GCM, which also notices changes; not known to every service provider.</summary>
    public const string Aes256Gcm = "http://www.w3.org/2009/xmlenc11#aes256-gcm";

    /// <summary>AES-256-CBC, known to all.</summary>
    public const string Aes256Cbc = "http://www.w3.org/2001/04/xmlenc#aes256-cbc";

    /// <summary>Whether this service encrypts that way.</summary>
    public static bool IsKnown(string method) => method is Aes256Gcm or Aes256Cbc;
}
