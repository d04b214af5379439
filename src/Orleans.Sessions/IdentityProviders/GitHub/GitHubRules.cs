using System.Collections.Immutable;
using Orleans.Sessions.IdentityProviders.OAuth;

namespace Orleans.Sessions.IdentityProviders.GitHub;

/// <summary>The rules of github.com and GitHub Enterprise Server.</summary>
internal static class GitHubRules
{
    private const string IdAttribute = "id";
    private static readonly ImmutableArray<string> s_scopes = ["read:user", "user:email"];

    private static readonly OAuthEndpoints s_public = new(
        "https://github.com/login/oauth/authorize",
        "https://github.com/login/oauth/access_token",
        "https://api.github.com/user",
        IdAttribute
    );

    /// <summary>The rules of github.com, whose endpoints are known.</summary>
    public static readonly KindRules GitHub = new()
    {
        DefaultScopes = s_scopes,
        Complete = settings => Complete(settings, settings.OAuth ?? s_public),
        Rules = OAuthRules.Endpoints,
    };

    /// <summary>The rules of a server, whose endpoints administrators name.</summary>
    public static readonly KindRules Enterprise = new()
    {
        DefaultScopes = s_scopes,
        Complete = settings => Complete(settings, settings.OAuth),
        Rules = OAuthRules.Endpoints,
    };

    /// <summary>GitHub ignores PKCE where it does not have it yet.</summary>
    private static ProviderSettings Complete(ProviderSettings settings, OAuthEndpoints? endpoints) =>
        OAuthRules.WithoutIssuer(settings) with
        {
            OAuth = endpoints is null ? null : endpoints with { IdAttribute = IdAttribute },
            UsePkce = true,
        };
}
