using Microsoft.AspNetCore.Http;

namespace Orleans.Sessions.Gateway.IdentityProviders;

/// <summary>
/// The cookie that binds a login to a browser, and by which the browser that has finished a login is known once more. Providers send
/// browsers back from another site, sometimes with a form. The cookie is therefore <c>SameSite=None</c>, which browsers accept only with
/// <c>Secure</c>. The name prefix keeps neighbouring hosts from planting a cookie (RFC 6265bis §4.1.3.2). Without TLS, which is only for
/// development, the cookie is <c>Lax</c>: browsers then send it with a query, and with a form of the same site.
/// </summary>
/// <param name="origin">The origin by which the browser knows this service.</param>
/// <param name="intentId">The id of the login.</param>
internal sealed class BrowserCookie(string origin, string intentId)
{
    private readonly bool _isProtected = origin.StartsWith("https:", StringComparison.Ordinal);

    private string Name => $"{(_isProtected ? "__Host-" : "")}idp-{Uri.EscapeDataString(intentId)}";

    /// <summary>The value of the cookie; <c>null</c> if the browser sent no cookie.</summary>
    public string? Read(HttpRequest request) => request.Cookies[Name];

    /// <summary>Sets the cookie.</summary>
    public void Write(HttpResponse response, string secret, DateTimeOffset expires) =>
        response.Cookies.Append(Name, secret, Options(expires));

    /// <summary>Deletes the cookie, if the browser has it.</summary>
    public void Delete(HttpContext http)
    {
        if (Read(http.Request) is not null)
        {
            http.Response.Cookies.Append(Name, "", Options(DateTimeOffset.UnixEpoch));
        }
    }

    private CookieOptions Options(DateTimeOffset expires) =>
        new()
        {
            Expires = expires,
            HttpOnly = true,
            IsEssential = true,
            Path = "/",
            SameSite = _isProtected ? SameSiteMode.None : SameSiteMode.Lax,
            Secure = _isProtected,
        };
}
