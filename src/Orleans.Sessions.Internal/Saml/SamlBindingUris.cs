namespace Orleans.Sessions.Saml;

/// <summary>The bindings by which messages can be sent (SAML Bindings §3.4, §3.5, §3.6).</summary>
public static class SamlBindingUris
{
    /// <summary>The message is in the query of a redirect.</summary>
    public const string Redirect = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect";

    /// <summary>The message is in a form that the browser posts.</summary>
    public const string Post = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST";

    /// <summary>The browser carries an artifact, by which the receiver fetches the message.</summary>
    public const string Artifact = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Artifact";

    /// <summary>Whether a browser can carry any message by this binding.</summary>
    public static bool IsKnown(string binding) => binding is Redirect or Post;

    /// <summary>Whether answers to logins can be sent by this binding.</summary>
    public static bool IsForAnswers(string binding) => IsKnown(binding) || binding == Artifact;
}
