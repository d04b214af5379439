namespace Orleans.Sessions;

/// <summary>The form of the access tokens that a service gets. The numbers are those of <c>zitadel.user.v2.AccessTokenType</c>.</summary>
public enum MachineTokenType
{
    /// <summary>Opaque: only this service can say what the token is for.</summary>
    Opaque = 0,

    /// <summary>A signed JSON Web Token, which others can read.</summary>
    Jwt = 1,
}
