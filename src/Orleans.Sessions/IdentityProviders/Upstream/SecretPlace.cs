namespace Orleans.Sessions.IdentityProviders.Upstream;

/// <summary>Where a token request has the client secret (RFC 6749 §2.3.1).</summary>
internal enum SecretPlace
{
    /// <summary>In the header, by HTTP's Basic scheme.</summary>
    Header,

    /// <summary>In the form.</summary>
    Form,

    /// <summary>In the header. If the provider does not take it there, in the form.</summary>
    Either,
}
