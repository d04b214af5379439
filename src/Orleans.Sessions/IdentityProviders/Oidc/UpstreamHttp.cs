namespace Orleans.Sessions.IdentityProviders.Oidc;

/// <summary>
/// How this service talks to providers: little time, little data, and no redirects, which would send secrets to places that nobody configured.
/// </summary>
internal static class UpstreamHttp
{
    /// <summary>The largest answer that is read, bytes.</summary>
    public const int MaxResponse = 256 * 1024;

    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(5);

    /// <summary>A client for a silo's lifetime.</summary>
    public static HttpClient Create() => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        ConnectTimeout = TimeSpan.FromSeconds(3),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    })
    {
        Timeout = s_timeout,
        MaxResponseContentBufferSize = MaxResponse,
    };
}
