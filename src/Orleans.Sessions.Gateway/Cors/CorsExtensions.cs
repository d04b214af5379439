using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Sessions.Gateway.Json;
using Orleans.Sessions.Gateway.Oidc;

namespace Orleans.Sessions.Gateway.Cors;

internal static class CorsExtensions
{
    /// <summary>The response headers that scripts may read: the trailers of gRPC-Web, and other headers that callers act on.</summary>
    private static readonly string[] s_exposed =
    [
        "grpc-status",
        "grpc-message",
        "grpc-status-details-bin",
        "grpc-encoding",
        "x-request-id",
        "content-encoding",
        "connect-content-encoding",
        "retry-after",
        "preference-applied",
        "www-authenticate",
        "dpop-nonce",
        IgnoredFields.Header,
    ];

    /// <summary>
    /// Whether the policy is for this path. Endpoints of OpenID Connect have one of their own. Where a cookie counts (logins at providers,
    /// pages for people), scripts of other origins may call nothing.
    /// </summary>
    public static bool Covers(PathString path) =>
        !OidcRequests.IsOne(path)
        && !path.StartsWithSegments("/idps", StringComparison.OrdinalIgnoreCase)
        && !path.StartsWithSegments("/ui", StringComparison.OrdinalIgnoreCase);

    /// <summary>
    /// Adds the policy that <see cref="CorsSettings"/> describes as the default policy. Invalid origins make the start fail.
    /// </summary>
    public static void AddSessionsCors(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddCheckedOptions<CorsSettings>(configuration.GetSection(CorsSettings.Section));
        services.AddCors();
        services
            .AddOptions<CorsOptions>()
            .Configure<IOptions<CorsSettings>>(
                (options, settings) =>
                    options.AddDefaultPolicy(policy =>
                    {
                        policy.AllowAnyHeader().AllowAnyMethod().WithExposedHeaders(s_exposed).SetPreflightMaxAge(TimeSpan.FromHours(2));
                        if (settings.Value.AllowsAny)
                        {
                            policy.AllowAnyOrigin();
                        }
                        else
                        {
                            policy.WithOrigins([.. settings.Value.Origins]);
                        }
                    })
            );
    }
}
