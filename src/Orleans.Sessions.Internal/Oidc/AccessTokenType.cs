namespace Orleans.Sessions.Oidc;

/// <summary>The form of access tokens. The numbers are those of <c>sessions.oidc.v1.AccessTokenType</c>.</summary>
public enum AccessTokenType
{
    /// <summary>A random token: only this service knows what it stands for.</summary>
    Opaque = 0,

    /// <summary>A signed JWT (RFC 9068), which resource servers can read themselves.</summary>
    Jwt = 1,

    /// <summary>The same with the type <c>JWT</c> in its header, for resource servers that do not know <c>at+jwt</c>.</summary>
    PlainJwt = 2,
}
