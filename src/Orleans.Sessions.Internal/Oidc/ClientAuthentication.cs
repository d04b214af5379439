namespace Orleans.Sessions.Oidc;

/// <summary>How a client authenticates. The numbers are those of <c>sessions.oidc.v1.ClientAuthentication</c>.</summary>
public enum ClientAuthentication
{
    /// <summary>The client does not authenticate: it is a public client, which must use PKCE.</summary>
    None = 0,

    /// <summary>A secret in the Authorization header.</summary>
    SecretBasic = 1,

    /// <summary>A secret in the form body.</summary>
    SecretPost = 2,

    /// <summary>A signed assertion (RFC 7523).</summary>
    PrivateKeyJwt = 3,

    /// <summary>A TLS certificate of a trusted authority, with a registered name (<c>tls_client_auth</c>, RFC 8705 §2.1).</summary>
    TlsClientAuth = 4,

    /// <summary>A TLS certificate with a registered key (<c>self_signed_tls_client_auth</c>, RFC 8705 §2.2).</summary>
    SelfSignedTlsClientAuth = 5,
}
