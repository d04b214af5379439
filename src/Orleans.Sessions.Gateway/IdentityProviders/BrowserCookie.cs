using Microsoft.AspNetCore.Http;

namespace Orleans.Sessions.Gateway.IdentityProviders;

/// <summary>
/// The cookie that a browser has of a login that is bound to it. Providers send browsers back from another site, some with a form, so it is <c>SameSite=None</c>,
/// which browsers take with <c>Secure</c> only; the prefix keeps neighbouring hosts from planting one (RFC 6265bis §4.1.3.2). Without TLS, which is for development
/// only, it is <c>Lax</c>: that comes back with a query, and with a form of the same site.
/// </summary>
/// <param name="origin">How the browser knows this service.</param>
/// <param name="intentId">The login.</param>
internal sealed class BrowserCookie(string origin, string intentId)
{
    private readonly bool _isProtected = origin.StartsWith("https:", StringComparison.Ordinal);

    private string Name => $"{(_isProtected ? "__Host-" : "")}idp-{Uri.EscapeDataString(intentId)}";

    /// <summary>What the browser has; <c>null</c>: nothing.</summary>
    public string? Read(HttpRequest request) => request.Cookies[Name];

    /// <summary>Gives it to the browser.</summary>
    public void Write(HttpResponse response, string secret, DateTimeOffset expires) => response.Cookies.Append(Name, secret, Options(expires));

    /// <summary>Takes it away; nothing happens where there was none.</summary>
    public void Delete(HttpContext http)
    {
        if (Read(http.Request) is not null)
        {
            http.Response.Cookies.Append(Name, "", Options(DateTimeOffset.UnixEpoch));
        }
    }

    private CookieOptions Options(DateTimeOffset expires) => new()
    {
        Expires = expires,
        HttpOnly = true,
        IsEssential = true,
        Path = "/",
        SameSite = _isProtected ? SameSiteMode.None : SameSiteMode.Lax,
        Secure = _isProtected,
    };
}
