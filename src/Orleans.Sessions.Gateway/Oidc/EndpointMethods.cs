using Microsoft.AspNetCore.Http;

namespace Orleans.Sessions.Gateway.Oidc;

/// <summary>
/// Which methods the endpoints of the protocol have. OpenIddict by itself answers 400 to the others. Wherever GET only reads, there is HEAD
/// (RFC 9110 §9.1). Pages that browsers visit have no HEAD: GET stores a request there, or ends a session.
/// </summary>
internal static class EndpointMethods
{
    private const string Reading = "GET, HEAD";
    private const string Visited = "GET, POST";
    private const string Posted = "POST";

    private static readonly Dictionary<string, string> s_allowed = new(StringComparer.OrdinalIgnoreCase)
    {
        ["/.well-known/openid-configuration"] = Reading,
        ["/.well-known/oauth-authorization-server"] = Reading,
        [$"/{OidcPaths.Keys}"] = Reading,
        [$"/{OidcPaths.CheckSession}"] = Reading,
        [$"/{OidcPaths.UserInfo}"] = "GET, HEAD, POST",
        [$"/{OidcPaths.Authorize}"] = Visited,
        [$"/{OidcPaths.Device}"] = Visited,
        [$"/{OidcPaths.EndSession}"] = Visited,
        [$"/{OidcPaths.Token}"] = Posted,
        [$"/{OidcPaths.Introspect}"] = Posted,
        [$"/{OidcPaths.Revoke}"] = Posted,
        [$"/{OidcPaths.PushedRequests}"] = Posted,
        [$"/{OidcPaths.DeviceAuthorization}"] = Posted,
    };

    /// <summary>
    /// Answers a request whose method the endpoint does not have with 405, and returns whether it did. A HEAD becomes a GET, whose body the
    /// server does not send.
    /// </summary>
    public static async Task<bool> RefuseAsync(HttpContext http)
    {
        if (http.Request.Path.Value is not { } path || !s_allowed.TryGetValue(path, out var allowed))
        {
            return false;
        }

        if (!allowed.Split(", ").Contains(http.Request.Method, StringComparer.OrdinalIgnoreCase))
        {
            http.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            http.Response.Headers.Allow = allowed;
            await http.Response.WriteAsJsonAsync(
                new Dictionary<string, string>
                {
                    ["error"] = OAuthError.InvalidRequest,
                    ["error_description"] = $"This endpoint has the methods {allowed}.",
                },
                http.RequestAborted
            );
            return true;
        }

        if (HttpMethods.IsHead(http.Request.Method))
        {
            http.Request.Method = HttpMethods.Get;
        }

        return false;
    }
}
