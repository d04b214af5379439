namespace Orleans.Sessions.Gateway.Saml.Messages;

/// <summary>How a message is transported.</summary>
internal enum SamlBinding
{
    /// <summary>Deflated in the query; the query is signed (SAML bindings §3.4).</summary>
    Redirect,

    /// <summary>In a form, with an enveloped signature (§3.5).</summary>
    Post,

    /// <summary>Between servers, in a SOAP envelope, with an enveloped signature (§3.2).</summary>
    Soap,
}
