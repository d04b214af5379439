using Orleans.Sessions.Egress;

namespace Orleans.Sessions.IdentityProviders.Upstream;

/// <summary>
/// HTTP to providers, with limits on time and size. Redirects are not followed: they could send secrets to hosts that nobody configured.
/// </summary>
internal static class UpstreamHttp
{
    /// <summary>The maximum size of an answer, in bytes.</summary>
    public const int MaxResponse = 256 * 1024;

    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(5);

    /// <summary>Creates a client for the silo's lifetime.</summary>
    public static HttpClient Create(EgressHttp egress) => egress.Create(s_timeout, MaxResponse);
}
