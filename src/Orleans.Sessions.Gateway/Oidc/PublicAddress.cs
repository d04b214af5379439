using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Orleans.Sessions.Gateway.Oidc;

/// <summary>What this service and its login frontend are called from outside.</summary>
internal sealed class PublicAddress(IOptions<OidcProviderOptions> options)
{
    private readonly OidcProviderOptions _options = options.Value;

    /// <summary>
    /// Makes a request look as if it came to the configured issuer, so that everything that is derived from it says so. Without one, the request's own
    /// origin is the issuer.
    /// </summary>
    public void Apply(HttpRequest request)
    {
        if (_options.Issuer is { } issuer)
        {
            var uri = new Uri(issuer);
            request.Scheme = uri.Scheme;
            request.Host = uri.IsDefaultPort ? new HostString(uri.Host) : new HostString(uri.Host, uri.Port);
        }
    }

    /// <summary>The issuer, without trailing slash.</summary>
    public static string IssuerOf(HttpRequest request) => $"{request.Scheme}://{request.Host.ToUriComponent()}";

    /// <summary>The login frontend's page for an authorization request.</summary>
    public string Login(string issuer, string? ofClient) => Absolute(issuer, ofClient ?? _options.LoginUri).AbsoluteUri;

    /// <summary>The login frontend's page beside that one.</summary>
    public string Neighbour(string issuer, string? ofClient, string name) => new Uri(Absolute(issuer, ofClient ?? _options.LoginUri), name).AbsoluteUri;

    private static Uri Absolute(string issuer, string uri) => new(new Uri(issuer), uri);
}
