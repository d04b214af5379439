using System.Collections.Immutable;

namespace Orleans.Sessions.Saml;

/// <summary>The algorithms by which this service can sign (RFC 9231). Service providers choose among them by their metadata.</summary>
public static class SigningAlgorithms
{
    /// <summary>RSA with SHA-256, which all service providers support.</summary>
    public const string RsaSha256 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";

    /// <summary>RSA with SHA-384.</summary>
    public const string RsaSha384 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha384";

    /// <summary>RSA with SHA-512.</summary>
    public const string RsaSha512 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha512";

    /// <summary>The digest SHA-256, which all service providers support.</summary>
    public const string Sha256 = "http://www.w3.org/2001/04/xmlenc#sha256";

    /// <summary>The digest SHA-384.</summary>
    public const string Sha384 = "http://www.w3.org/2001/04/xmldsig-more#sha384";

    /// <summary>The digest SHA-512.</summary>
    public const string Sha512 = "http://www.w3.org/2001/04/xmlenc#sha512";

    /// <summary>The signature algorithms, the strongest first.</summary>
    public static readonly ImmutableArray<string> Methods = [RsaSha512, RsaSha384, RsaSha256];

    /// <summary>The digest algorithms, the strongest first.</summary>
    public static readonly ImmutableArray<string> Digests = [Sha512, Sha384, Sha256];
}
