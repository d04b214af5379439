using System.Collections.Immutable;

namespace Orleans.Sessions.Saml;

/// <summary>The XML Encryption algorithms that this service can use.</summary>
public static class EncryptionMethods
{
    /// <summary>AES-256-GCM, which also detects changes. Not every service provider supports it.</summary>
    public const string Aes256Gcm = "http://www.w3.org/2009/xmlenc11#aes256-gcm";

    /// <summary>AES-128-GCM.</summary>
    public const string Aes128Gcm = "http://www.w3.org/2009/xmlenc11#aes128-gcm";

    /// <summary>AES-256-CBC, which all service providers support.</summary>
    public const string Aes256Cbc = "http://www.w3.org/2001/04/xmlenc#aes256-cbc";

    /// <summary>AES-128-CBC.</summary>
    public const string Aes128Cbc = "http://www.w3.org/2001/04/xmlenc#aes128-cbc";

    /// <summary>All of them, the best first.</summary>
    public static readonly ImmutableArray<string> All = [Aes256Gcm, Aes128Gcm, Aes256Cbc, Aes128Cbc];

    /// <summary>Whether this service can use the algorithm.</summary>
    public static bool IsKnown(string method) => All.Contains(method);

    /// <summary>Whether the algorithm detects changes by itself.</summary>
    public static bool IsGcm(string method) => method is Aes256Gcm or Aes128Gcm;

    /// <summary>The length of the algorithm's keys, in bytes.</summary>
    public static int KeyBytes(string method) => method is Aes128Gcm or Aes128Cbc ? 16 : 32;
}
