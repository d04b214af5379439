namespace Orleans.Sessions.Oidc;

/// <summary>
/// What kind of application a client is. The first three numbers are those of <c>zitadel.application.v2.OIDCApplicationType</c>.
/// </summary>
public enum ApplicationKind
{
    /// <summary>An application on a server.</summary>
    Web = 0,

    /// <summary>An application in a browser.</summary>
    UserAgent = 1,

    /// <summary>An application on a device.</summary>
    Native = 2,

    /// <summary>An API, which only introspects tokens.</summary>
    Api = 3,
}
