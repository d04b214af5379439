using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Http;

namespace Orleans.Sessions.Gateway.Oidc.Logouts;

/// <summary>
/// The page of a front-channel logout. It goes on as soon as all frames are loaded, or after five seconds; without scripts the browser or
/// the person does that. Its policy allows frames of exactly these addresses. A frame cannot lead the browser elsewhere.
/// </summary>
internal static class FrontChannelPage
{
    private const string Script =
        "const go=()=>location.replace(document.links[0].href);addEventListener(\"load\",go);setTimeout(go,5000);";

    private static readonly string s_hash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Script)));

    public static Task WriteAsync(HttpContext http, IReadOnlyCollection<string> frames, string next)
    {
        var response = http.Response;
        response.Headers.CacheControl = "no-store";
        response.Headers["Referrer-Policy"] = "no-referrer";
        response.Headers.ContentSecurityPolicy =
            $"default-src 'none'; script-src 'sha256-{s_hash}'; frame-src {Sources(frames)}; "
            + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
        response.ContentType = "text/html; charset=utf-8";
        return response.WriteAsync(Html(frames, next), http.RequestAborted);
    }

    /// <summary>The addresses as sources of a policy, which have no query, and in which <c>;</c> and <c>,</c> are encoded.</summary>
    private static string Sources(IReadOnlyCollection<string> frames) =>
        frames.Count == 0
            ? "'none'"
            : string.Join(
                ' ',
                frames
                    .Select(frame => new Uri(frame).GetLeftPart(UriPartial.Path))
                    .Select(source => source.Replace(";", "%3B", StringComparison.Ordinal).Replace(",", "%2C", StringComparison.Ordinal))
                    .Distinct(StringComparer.Ordinal)
            );

    private static string Html(IReadOnlyCollection<string> frames, string next)
    {
        static string Encode(string text) => HtmlEncoder.Default.Encode(text);
        var shown = frames.Select(frame => $"<iframe hidden sandbox=\"allow-scripts allow-same-origin\" src=\"{Encode(frame)}\"></iframe>");
        return $"""
            <!DOCTYPE html>
            <html lang="en"><head><meta charset="utf-8"><title>Signing out</title>
            <noscript><meta http-equiv="refresh" content="5;url={Encode(next)}"></noscript></head>
            <body><p>You are signed out. <a href="{Encode(next)}">Continue</a></p>
            <script>{Script}</script>{string.Concat(shown)}</body></html>
            """;
    }
}
