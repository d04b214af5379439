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
}
