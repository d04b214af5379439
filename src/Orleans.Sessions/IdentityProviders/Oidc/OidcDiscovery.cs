using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Orleans.Sessions.IdentityProviders.Upstream;
using Orleans.Sessions.Issuers;

namespace Orleans.Sessions.IdentityProviders.Oidc;

/// <summary>The published metadata of providers: endpoints and keys, checked for the right issuer and for safety.</summary>
internal sealed class OidcDiscovery
{
    private readonly HttpClient _http;
    private readonly IssuerDocuments _documents;

    public OidcDiscovery(HttpClient http, TimeProvider clock, IssuerRule issuers)
    {
        (_http, Issuers) = (http, issuers);
        _documents = new IssuerDocuments(ReadAsync, clock);
    }

    /// <summary>Which issuer a provider may name.</summary>
    public IssuerRule Issuers { get; }

    /// <summary>
    /// The provider's metadata; they are read again if they lack the key <paramref name="keyId"/>. Fails with
    /// <see cref="UpstreamException"/> if they cannot be read, name another issuer, or are not safe.
    /// </summary>
    public Task<OpenIdConnectConfiguration> GetAsync(string issuer, string? keyId = null) => _documents.GetAsync(issuer, keyId);

    private async Task<OpenIdConnectConfiguration> ReadAsync(string issuer)
    {
        OpenIdConnectConfiguration configuration;
        try
        {
            var address = new Uri(issuer.TrimEnd('/') + "/.well-known/openid-configuration");
            var documents = new HttpDocumentRetriever(_http) { RequireHttps = !address.IsLoopback };
            configuration = await OpenIdConnectConfigurationRetriever.GetAsync(address.AbsoluteUri, documents, CancellationToken.None);
        }
        catch (Exception exception)
        {
            throw new UpstreamException("the discovery document or the keys cannot be read", exception);
        }

        if (!Issuers.AllowsDocument(issuer, configuration.Issuer))
        {
            throw new UpstreamException("the discovery document is of another issuer", error: SessionErrors.ProviderIssuerOther);
        }

        if (
            !ProviderRules.IsSafe(configuration.AuthorizationEndpoint, issuer)
            || !ProviderRules.IsSafe(configuration.TokenEndpoint, issuer)
            || (!string.IsNullOrEmpty(configuration.UserInfoEndpoint) && !ProviderRules.IsSafe(configuration.UserInfoEndpoint, issuer))
        )
        {
            throw new UpstreamException("an endpoint is missing or not protected by TLS");
        }

        return configuration;
    }
}
