using Orleans.Sessions.Egress;

namespace Orleans.Sessions.IdentityProviders.Oidc;

/// <summary>How this service talks to providers: little time and little data. (Redirects would send secrets to places that nobody configured.)</summary>
internal static class UpstreamHttp
{
    /// <summary>The largest answer that is read, bytes.</summary>
    public const int MaxResponse = 256 * 1024;

    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(5);

    /// <summary>A client for a silo's lifetime.</summary>
    public static HttpClient Create(EgressHttp egress) => egress.Create(s_timeout, MaxResponse);
}
