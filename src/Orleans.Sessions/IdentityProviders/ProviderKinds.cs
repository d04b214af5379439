using System.Collections.Frozen;
using Orleans.Sessions.Egress;
using Orleans.Sessions.IdentityProviders.Apple;
using Orleans.Sessions.IdentityProviders.Entra;
using Orleans.Sessions.IdentityProviders.GitHub;
using Orleans.Sessions.IdentityProviders.Jwt;
using Orleans.Sessions.IdentityProviders.OAuth;
using Orleans.Sessions.IdentityProviders.Oidc;
using Orleans.Sessions.IdentityProviders.Upstream;
using Orleans.Sessions.Secrets;

namespace Orleans.Sessions.IdentityProviders;

/// <summary>The kinds of providers, and logins at a provider of whatever kind. Created once per silo.</summary>
internal sealed class ProviderKinds
{
    private readonly FrozenDictionary<ProviderKind, IProviderKind> _kinds;

    /// <summary>Creates the kinds, which share their connections.</summary>
    public ProviderKinds(EgressHttp egress, TimeProvider clock, SecretProtector secrets)
    {
        var http = UpstreamHttp.Create(egress);
        var calls = new UpstreamCalls(http);
        var discovery = new OidcDiscovery(http, clock, new IssuerRule());
        var oidc = new OidcKind(calls, discovery, new IdTokenVerifier(discovery, clock), secrets);
        var tenants = new OidcDiscovery(http, clock, new EntraIssuers());
        var gitHub = new GitHubKind(calls, secrets);
        _kinds = new Dictionary<ProviderKind, IProviderKind>
        {
            [ProviderKind.Oidc] = oidc,
            [ProviderKind.OAuth] = new OAuthKind(calls, secrets),
            [ProviderKind.EntraId] = new EntraKind(calls, tenants, new IdTokenVerifier(tenants, clock), secrets),
            [ProviderKind.GitHub] = gitHub,
            [ProviderKind.GitHubEnterprise] = gitHub,
            [ProviderKind.GitLab] = oidc,
            [ProviderKind.GitLabSelfHosted] = oidc,
            [ProviderKind.Google] = oidc,
            [ProviderKind.Apple] = new AppleKind(calls, discovery, new IdTokenVerifier(discovery, clock), secrets, clock),
            [ProviderKind.Jwt] = new JwtKind(http, clock),
        }.ToFrozenDictionary();
    }

    /// <summary>The kind of a provider. Fails with <see cref="UpstreamException"/> if a newer node has stored it.</summary>
    public IProviderKind Of(StoredProvider provider) =>
        _kinds.GetValueOrDefault(provider.Settings.Kind) ?? throw new UpstreamException("this node does not know the kind of the provider");

    /// <summary>
    /// Begins a login as <see cref="IProviderKind.AuthorizeUrlAsync"/> of the kind. It fails only with <see cref="UpstreamException"/>.
    /// </summary>
    public Task<string> AuthorizeUrlAsync(StoredProvider provider, LoginStart start) =>
        AskAsync(() => Of(provider).AuthorizeUrlAsync(provider, start));

    /// <summary>
    /// Judges who answers as <see cref="IProviderKind.EnsureAnswersAsync"/> of the kind. It fails only with
    /// <see cref="UpstreamException"/>: the browser can bring any text as the issuer.
    /// </summary>
    public Task EnsureAnswersAsync(StoredProvider provider, string? issuer) =>
        AskAsync(async () =>
        {
            await Of(provider).EnsureAnswersAsync(provider, issuer);
            return true;
        });

    /// <summary>
    /// Finishes a login as <see cref="IProviderKind.AuthenticateAsync"/> of the kind. It fails only with <see cref="UpstreamException"/>.
    /// </summary>
    public Task<UpstreamLogin> AuthenticateAsync(
        StoredProvider provider,
        string callbackUrl,
        IntentCallback callback,
        LoginSecrets login
    ) => AskAsync(() => Of(provider).AuthenticateAsync(provider, callbackUrl, callback, login));

    /// <summary>A provider may answer anything, and no answer is a fault of this service.</summary>
    private static async Task<T> AskAsync<T>(Func<Task<T>> ask)
    {
        try
        {
            return await ask();
        }
        catch (Exception exception) when (exception is not UpstreamException)
        {
            throw new UpstreamException("the answer of the provider cannot be used", exception);
        }
    }
}
