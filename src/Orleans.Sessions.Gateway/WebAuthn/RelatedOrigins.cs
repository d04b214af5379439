using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Sessions.WebAuthn;

namespace Orleans.Sessions.Gateway.WebAuthn;

/// <summary>
/// The pages of other domains that may use the keys of a relying party (WebAuthn Level 3 §5.11). Browsers ask for them at the host that is
/// the relying party's id, before they let such a page use a key.
/// </summary>
internal static class RelatedOrigins
{
    private const string Path = "/.well-known/webauthn";

    /// <summary>Maps <c>/.well-known/webauthn</c>; 404 for a host without such pages.</summary>
    public static void MapRelatedOrigins(this IEndpointRouteBuilder routes)
    {
        var options = routes.ServiceProvider.GetRequiredService<IOptions<WebAuthnOptions>>().Value;
        routes.MapMethods(Path, [HttpMethods.Get, HttpMethods.Head], (HttpContext http) => Answer(options, http.Request.Host.Host));
    }

    /// <summary>
    /// A relying party's id may be a parent domain of the host by which this service is known. Apps have origins that are no addresses of
    /// pages; browsers do not ask for them.
    /// </summary>
    private static IResult Answer(WebAuthnOptions options, string host)
    {
        string[] pages =
        [
            .. options
                .RelyingParties.Where(party => $".{host}".EndsWith($".{party.Id}", StringComparison.OrdinalIgnoreCase))
                .SelectMany(party => party.Origins)
                .Where(origin => origin.StartsWith("https://", StringComparison.Ordinal))
                .Distinct(),
        ];
        return pages.Length == 0 ? Results.NotFound() : Results.Json(new Dictionary<string, string[]> { ["origins"] = pages });
    }
}
