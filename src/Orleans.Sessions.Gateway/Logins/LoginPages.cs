using Microsoft.Extensions.Options;
using Orleans.Sessions.Gateway.Oidc;

namespace Orleans.Sessions.Gateway.Logins;

/// <summary>The URLs of the login frontend's pages.</summary>
internal sealed class LoginPages(IOptions<OidcProviderOptions> options)
{
    private readonly OidcProviderOptions _options = options.Value;

    /// <summary>The page for an authorization request.</summary>
    public string Login(string origin, string? ofClient) => Absolute(origin, ofClient ?? _options.LoginUri).AbsoluteUri;

    /// <summary>A page next to that page.</summary>
    public string Neighbour(string origin, string? ofClient, string name) =>
        new Uri(Absolute(origin, ofClient ?? _options.LoginUri), name).AbsoluteUri;

    private static Uri Absolute(string origin, string uri) => new(new Uri(origin), uri);
}
