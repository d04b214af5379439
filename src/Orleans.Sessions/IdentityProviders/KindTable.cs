using System.Collections.Frozen;
using Orleans.Sessions.IdentityProviders.Apple;
using Orleans.Sessions.IdentityProviders.Entra;
using Orleans.Sessions.IdentityProviders.GitHub;
using Orleans.Sessions.IdentityProviders.Jwt;
using Orleans.Sessions.IdentityProviders.OAuth;
using Orleans.Sessions.IdentityProviders.Oidc;

namespace Orleans.Sessions.IdentityProviders;

/// <summary>The rules of each kind of provider.</summary>
internal static class KindTable
{
    private static readonly FrozenDictionary<ProviderKind, KindRules> s_all = new Dictionary<ProviderKind, KindRules>
    {
        [ProviderKind.Oidc] = OidcRules.OfIssuer,
        [ProviderKind.OAuth] = OAuthRules.OfEndpoints,
        [ProviderKind.EntraId] = EntraRules.All,
        [ProviderKind.GitHub] = GitHubRules.GitHub,
        [ProviderKind.GitHubEnterprise] = GitHubRules.Enterprise,
        [ProviderKind.GitLab] = OidcRules.Of("https://gitlab.com"),
        [ProviderKind.GitLabSelfHosted] = OidcRules.OfIssuer with { Complete = settings => settings with { UsePkce = true } },
        [ProviderKind.Google] = OidcRules.Of("https://accounts.google.com"),
        [ProviderKind.Apple] = AppleRules.All,
        [ProviderKind.Jwt] = JwtRules.All,
    }.ToFrozenDictionary();

    /// <summary>The rules of a kind; <c>null</c> if there is no such kind.</summary>
    public static KindRules? Of(ProviderKind kind) => s_all.GetValueOrDefault(kind);
}
