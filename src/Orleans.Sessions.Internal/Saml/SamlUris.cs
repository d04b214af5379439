using System.Collections.Immutable;

namespace Orleans.Sessions.Saml;

/// <summary>The bindings by which messages can be sent (SAML Bindings §3.4, §3.5).</summary>
public static class SamlBindingUris
{
    /// <summary>The message is in the query of a redirect.</summary>
    public const string Redirect = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect";

    /// <summary>The message is in a form that the browser posts.</summary>
    public const string Post = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST";

    /// <summary>Whether this service supports a binding.</summary>
    public static bool IsKnown(string binding) => binding is Redirect or Post;
}

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
