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
