using System.Collections.Immutable;

namespace Orleans.Sessions.Saml;

/// <summary>The bindings that messages can be sent by (SAML Bindings §3.4, §3.5).</summary>
public static class SamlBindingUris
{
    /// <summary>In the query of a redirect.</summary>
    public const string Redirect = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect";

    /// <summary>In a form that the browser posts.</summary>
    public const string Post = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST";

    /// <summary>Whether this service speaks a binding.</summary>
    public static bool IsKnown(string binding) => binding is Redirect or Post;
}

/// <summary>The formats of name ids (SAML Core §8.3) that this service gives.</summary>
public static class NameIdFormats
{
    /// <summary>The e-mail address, if it is verified.</summary>
    public const string EmailAddress = "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress";

    /// <summary>The login name, unless it reads like an e-mail address that is not verified.</summary>
    public const string Unspecified = "urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified";

    /// <summary>One for each user and service provider, for good, which says nothing to others.</summary>
    public const string Persistent = "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent";

    /// <summary>Random for each login.</summary>
    public const string Transient = "urn:oasis:names:tc:SAML:2.0:nameid-format:transient";

    /// <summary>All of them.</summary>
    public static readonly ImmutableArray<string> All = [EmailAddress, Persistent, Transient, Unspecified];
}
