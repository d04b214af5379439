namespace Orleans.Sessions.Oidc;

/// <summary>A security profile that a client follows. The numbers are those of <c>sessions.oidc.v1.ClientProfile</c>.</summary>
public enum ClientProfile
{
    /// <summary>The rules for all clients, and no others.</summary>
    None = 0,

    /// <summary>
    /// The FAPI 2.0 security profile: a client that authenticates with keys pushes all requests, uses PKCE, and gets bound tokens.
    /// </summary>
    Fapi2 = 1,
}
