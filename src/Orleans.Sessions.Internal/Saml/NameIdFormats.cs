using System.Collections.Immutable;

namespace Orleans.Sessions.Saml;

/// <summary>The name id formats (SAML Core §8.3) that this service supports.</summary>
public static class NameIdFormats
{
    /// <summary>The e-mail address, if it is verified.</summary>
    public const string EmailAddress = "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress";

    /// <summary>The login name, unless it looks like an e-mail address that is not verified.</summary>
    public const string Unspecified = "urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified";

    /// <summary>A permanent name for one user at one service provider. Other service providers cannot recognize the user by it.</summary>
    public const string Persistent = "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent";

    /// <summary>A random name for each login.</summary>
    public const string Transient = "urn:oasis:names:tc:SAML:2.0:nameid-format:transient";

    /// <summary>All supported formats.</summary>
    public static readonly ImmutableArray<string> All = [EmailAddress, Persistent, Transient, Unspecified];
}
