using System.Collections.Concurrent;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Orleans.Sessions.IdentityProviders.Oidc;

/// <summary>
/// What providers publish about themselves (OpenID Connect Discovery 1.0): endpoints and keys, read once per silo and refreshed twice a day, or when a
/// token has a key that is not known yet.
/// </summary>
internal sealed class OidcDiscovery(HttpClient http)
{
    private static readonly TimeSpan s_shortestRefresh = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, ConfigurationManager<OpenIdConnectConfiguration>> _managers = new();

    /// <summary>The provider's metadata. Fails with <see cref="UpstreamException"/> when they cannot be read, or are not of this issuer, or not safe.</summary>
    public async Task<OpenIdConnectConfiguration> GetAsync(string issuer)
    {
        OpenIdConnectConfiguration configuration;
        try
        {
            configuration = await _managers.GetOrAdd(issuer, Create).GetConfigurationAsync(CancellationToken.None);
        }
        catch (Exception exception)
        {
            throw new UpstreamException("the discovery document cannot be read", exception);
        }

        // Some providers write their issuer with a slash at the end in one of the two places.
        if (configuration.Issuer?.TrimEnd('/') != issuer.TrimEnd('/'))
        {
            throw new UpstreamException("the discovery document is of another issuer");
        }

        if (!ProviderRules.IsSafe(configuration.AuthorizationEndpoint) || !ProviderRules.IsSafe(configuration.TokenEndpoint)
            || (!string.IsNullOrEmpty(configuration.UserInfoEndpoint) && !ProviderRules.IsSafe(configuration.UserInfoEndpoint)))
        {
            throw new UpstreamException("an endpoint is missing or not protected by TLS");
        }

        return configuration;
    }

    /// <summary>Reads the metadata again at the next use, unless that was done a moment ago.</summary>
    public void RequestRefresh(string issuer) => _managers.GetOrAdd(issuer, Create).RequestRefresh();

    private ConfigurationManager<OpenIdConnectConfiguration> Create(string issuer)
    {
        var address = new Uri(issuer.TrimEnd('/') + "/.well-known/openid-configuration");
        return new(address.AbsoluteUri, new OpenIdConnectConfigurationRetriever(), new HttpDocumentRetriever(http) { RequireHttps = !address.IsLoopback })
        {
            RefreshInterval = s_shortestRefresh,
        };
    }
}
