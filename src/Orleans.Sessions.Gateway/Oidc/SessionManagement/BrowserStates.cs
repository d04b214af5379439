using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Orleans.Sessions.Oidc;
using Orleans.Sessions.Secrets;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Orleans.Sessions.Gateway.Oidc.SessionManagement;

/// <summary>
/// What a browser knows of the session at this service (OpenID Connect Session Management 1.0 §4.2). The login frontend keeps the session,
/// at an origin of its own perhaps, so this service gives the browser a cookie when it takes the answer to the client. The value is a keyed
/// hash of the session's id: the same as long as the session is, and good for nothing else. A script of <see cref="CheckSessionPage"/>
/// reads it, in a frame of the client's page, so the cookie is <c>SameSite=None</c>, which browsers accept only with <c>Secure</c>. Without
/// TLS, which is only for development, it is <c>Lax</c>: it reaches frames within pages of the same site.
/// </summary>
internal sealed class BrowserStates(SecretProtector secrets, IOptions<OidcProviderOptions> options)
{
    /// <summary>The name of the cookie; with TLS it has the prefix <c>__Host-</c>.</summary>
    public const string Cookie = "op-browser-state";

    private const int Bytes = 16;

    /// <summary>Whether the settings want it.</summary>
    public bool AreKept => options.Value.SessionManagement;

    /// <summary>Whether a client can watch the state: it asked for OpenID Connect, and its page has an origin.</summary>
    public bool IsWatched(AuthorizationRequest request) =>
        AreKept && request.Scopes.Contains(Scopes.OpenId) && OriginOf(request.RedirectUri) is not null;

    /// <summary>
    /// Gives the browser the state of the session that has logged in, and returns the <c>session_state</c> for the client; <c>null</c> if
    /// the client cannot watch it. A failed login leaves the browser its state.
    /// </summary>
    public string? Take(HttpContext http, RequestAnswer answer)
    {
        var request = answer.Request;
        if (!IsWatched(request))
        {
            return null;
        }

        var state = Read(http.Request, request.Issuer);
        if (answer.SessionId is { } sessionId)
        {
            state = Of(sessionId);
            http.Response.Cookies.Append(NameAt(request.Issuer), state, OptionsAt(request.Issuer));
        }

        return SessionState(request.ClientId, request.RedirectUri, state);
    }

    /// <summary>Takes the state away from the browser.</summary>
    /// <param name="http">The request.</param>
    /// <param name="issuer">The issuer, without trailing slash.</param>
    /// <param name="sessionId">The session that has ended; <c>null</c> if that is not known.</param>
    public void Clear(HttpContext http, string issuer, string? sessionId)
    {
        if (AreKept && Read(http.Request, issuer) is { } known && (sessionId is null || known == Of(sessionId)))
        {
            var cookie = OptionsAt(issuer);
            cookie.Expires = DateTimeOffset.UnixEpoch;
            http.Response.Cookies.Append(NameAt(issuer), "", cookie);
        }
    }

    /// <summary>The state of the browser; <c>null</c> if it has none.</summary>
    public static string? Read(HttpRequest request, string issuer) =>
        request.Cookies[NameAt(issuer)] is { Length: > 0 } state ? state : null;

    /// <summary>
    /// What a client compares by <see cref="CheckSessionPage"/>; <c>null</c> if its page has no origin, as the address of an app has none.
    /// </summary>
    public static string? SessionState(string clientId, string redirectUri, string? state)
    {
        var salt = RandomText.NewId();
        return OriginOf(redirectUri) is { } origin
            ? $"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{clientId} {origin} {state} {salt}")))}.{salt}"
            : null;
    }

    private static string? OriginOf(string redirectUri) =>
        Uri.TryCreate(redirectUri, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp)
            ? uri.GetLeftPart(UriPartial.Authority)
            : null;

    private static bool IsProtected(string issuer) => issuer.StartsWith("https:", StringComparison.Ordinal);

    private static string NameAt(string issuer) => IsProtected(issuer) ? $"__Host-{Cookie}" : Cookie;

    /// <summary>The browser forgets it when it closes, as it may forget the session.</summary>
    private static CookieOptions OptionsAt(string issuer) =>
        new()
        {
            HttpOnly = false,
            IsEssential = true,
            Path = "/",
            SameSite = IsProtected(issuer) ? SameSiteMode.None : SameSiteMode.Lax,
            Secure = IsProtected(issuer),
        };

    private string Of(string sessionId) =>
        Base64Url.EncodeToString(secrets.Mac(Encoding.UTF8.GetBytes($"browser-state\n{sessionId}")).AsSpan(0, Bytes));
}
