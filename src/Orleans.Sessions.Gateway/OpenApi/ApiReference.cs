using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Scalar.AspNetCore;

namespace Orleans.Sessions.Gateway.OpenApi;

/// <summary>
/// The page on which a reader can try the REST surface. It runs only scripts that come with this service, and connects to this service
/// only.
/// </summary>
internal static class ApiReference
{
    private const string Path = "/docs";

    public static void MapApiReference(this IEndpointRouteBuilder routes) => routes.MapScalarApiReference(Path, (options, http) =>
        {
            options.WithOpenApiRoutePattern(OpenApiEndpoint.Path).WithTitle("Orleans.Sessions").WithNonce(Protect(http.Response));

            // Fonts, telemetry and the vendor's assistant would connect to other hosts.
            options.DefaultFonts = false;
            options.Telemetry = false;
            options.Agent = new ScalarAgentOptions { Disabled = true };

            // Buttons and links that lead to the vendor say nothing about this service.
            options.HideClientButton = true;
            options.ShowDeveloperTools = DeveloperToolsVisibility.Never;
            options.Mcp = new ScalarMcpOptions { Disabled = true };
            options.CustomCss = "a[href*='scalar.com'] { display: none !important; }";
        });

    /// <summary>
    /// Sets the policy and returns the nonce of the page's one inline script. Inline styles are allowed: the page sets them while it runs.
    /// </summary>
    private static string Protect(HttpResponse response)
    {
        var nonce = Convert.ToBase64String(RandomNumberGenerator.GetBytes(16));
        response.Headers.ContentSecurityPolicy =
            $"default-src 'none'; script-src 'self' 'nonce-{nonce}'; style-src 'self' 'unsafe-inline'; "
            + "img-src 'self' data:; font-src 'self' data:; "
            + "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
        return nonce;
    }
}
