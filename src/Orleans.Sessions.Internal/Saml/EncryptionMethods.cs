namespace Orleans.Sessions.Saml;

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
