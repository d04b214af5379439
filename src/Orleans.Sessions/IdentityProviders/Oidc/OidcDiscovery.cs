using System.Collections.Concurrent;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Orleans.Sessions.IdentityProviders.Oidc;

/// <summary>
/// What providers publish about themselves (OpenID Connect Discovery 1.0): endpoints and keys, read once per silo, again after twelve hours, and at
/// once when a token has a key that is not known yet. (The library's <c>ConfigurationManager</c> answers with the old keys while it reads the new
/// ones, and so would refuse the first login after a provider has changed its key.)
/// </summary>
internal sealed class OidcDiscovery(HttpClient http, TimeProvider clock)
{
    private static readonly TimeSpan s_believedFor = TimeSpan.FromHours(12);

    private readonly ConcurrentDictionary<string, Known> _known = new();

    /// <summary>
    /// The provider's metadata, <paramref name="afresh"/> or as remembered. Fails with <see cref="UpstreamException"/> when they cannot be read, or are
    /// not of this issuer, or not safe.
    /// </summary>
    public async Task<OpenIdConnectConfiguration> GetAsync(string issuer, bool afresh = false)
    {
        var now = clock.GetUtcNow();
        var known = _known.GetValueOrDefault(issuer);
        if (known is not null && !afresh && now - known.ReadAt < s_believedFor)
        {
            return known.Configuration;
        }

        try
        {
            var configuration = await ReadAsync(issuer);
            _known[issuer] = new Known(configuration, now);
            return configuration;
        }
        catch (UpstreamException) when (known is not null && !afresh)
        {
            // What was true twelve hours ago most likely still is.
            return known.Configuration;
        }
    }

    private async Task<OpenIdConnectConfiguration> ReadAsync(string issuer)
    {
        OpenIdConnectConfiguration configuration;
        try
        {
            var address = new Uri(issuer.TrimEnd('/') + "/.well-known/openid-configuration");
            var documents = new HttpDocumentRetriever(http) { RequireHttps = !address.IsLoopback };
            configuration = await OpenIdConnectConfigurationRetriever.GetAsync(address.AbsoluteUri, documents, CancellationToken.None);
        }
        catch (Exception exception)
        {
            throw new UpstreamException("the discovery document or the keys cannot be read", exception);
        }

        // Some providers write their issuer with a slash at the end in one of the two places.
        if (configuration.Issuer?.TrimEnd('/') != issuer.TrimEnd('/'))
        {
            throw new UpstreamException("the discovery document is of another issuer");
        }

        if (!ProviderRules.IsSafe(configuration.AuthorizationEndpoint, issuer) || !ProviderRules.IsSafe(configuration.TokenEndpoint, issuer)
            || (!string.IsNullOrEmpty(configuration.UserInfoEndpoint) && !ProviderRules.IsSafe(configuration.UserInfoEndpoint, issuer)))
        {
            throw new UpstreamException("an endpoint is missing or not protected by TLS");
        }

        return configuration;
    }

    private sealed record Known(OpenIdConnectConfiguration Configuration, DateTimeOffset ReadAt);
}
