using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;

namespace Orleans.Sessions.Gateway.Rest;

/// <summary>
/// Path variables that contain a slash. Kestrel decodes a path except for <c>%2F</c>, so that routing does not see additional segments.
/// Then <c>%2F</c> and <c>%252F</c> look alike, and only the request line tells them apart.
/// </summary>
internal static class PathVariable
{
    private const string EscapedSlash = "%2F";

    /// <summary>The value of the variable <paramref name="name"/>, which routing has read as <paramref name="value"/>.</summary>
    public static string Unescape(HttpContext http, string name, string value)
    {
        if (
            !value.Contains(EscapedSlash, StringComparison.OrdinalIgnoreCase)
            || http.GetEndpoint() is not RouteEndpoint route
            || http.Features.Get<IHttpRequestFeature>()?.RawTarget is not ['/', ..] target
        )
        {
            return value;
        }

        var segments = target.Split('?', 2)[0].Split('/')[1..];
        var index = route
            .RoutePattern.PathSegments.ToList()
            .FindIndex(segment => segment.Parts is [RoutePatternParameterPart variable] && variable.Name == name);
        return index >= 0 && segments.Length == route.RoutePattern.PathSegments.Count ? Uri.UnescapeDataString(segments[index]) : value;
    }
}
