namespace Orleans.Sessions;

/// <summary>
/// A kind of external provider. The numbers are stored. Providers that were stored before there were kinds are of <see cref="Oidc"/>.
/// </summary>
public enum ProviderKind
{
    /// <summary>A provider of OpenID Connect with a discovery document.</summary>
    Oidc = 0,

    /// <summary>A provider of OAuth 2.0 (RFC 6749) with an endpoint that tells who the person is.</summary>
    OAuth = 1,

    /// <summary>Microsoft Entra ID, with one tenant or many.</summary>
    EntraId = 2,

    /// <summary>github.com.</summary>
    GitHub = 3,

    /// <summary>A GitHub Enterprise Server.</summary>
    GitHubEnterprise = 4,

    /// <summary>gitlab.com.</summary>
    GitLab = 5,

    /// <summary>A GitLab of somebody's own.</summary>
    GitLabSelfHosted = 6,

    /// <summary>Google.</summary>
    Google = 7,

    /// <summary>Sign in with Apple.</summary>
    Apple = 8,

    /// <summary>A provider that sends a signed token in a header of the browser's request.</summary>
    Jwt = 9,
}
