using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Net.Http.Headers;
using Orleans.Sessions.Gateway.Settings;

namespace Orleans.Sessions.Gateway.Pages;

/// <summary>
/// A page that posts a form to another site as soon as it is loaded or, without scripts, when the person presses a button.
/// </summary>
internal static class PostingPage
{
    private const string Script = "document.forms[0].submit();";
    private static readonly string s_policy =
        $"default-src 'none'; script-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Script)))}'; "
        + "base-uri 'none'; frame-ancestors ";

    /// <summary>Answers with the page. Fields without a value are left out.</summary>
    public static async Task WriteAsync(HttpContext http, string action, params IEnumerable<(string Name, string? Value)> fields)
    {
        var response = http.Response;
        var origins = await http.RequestServices.GetRequiredService<FramePolicy>().OriginsAsync(http.RequestAborted);
        if (!origins.IsEmpty)
        {
            // This older header knows no list of origins.
            response.Headers.Remove(HeaderNames.XFrameOptions);
        }

        response.Headers.CacheControl = "no-store";
        response.Headers["Referrer-Policy"] = "no-referrer";
        response.Headers.ContentSecurityPolicy = s_policy + (origins.IsEmpty ? "'none'" : string.Join(' ', origins));
        response.ContentType = "text/html; charset=utf-8";
        await response.WriteAsync(Html(action, fields), http.RequestAborted);
    }

    private static string Html(string action, IEnumerable<(string Name, string? Value)> fields)
    {
        static string Encode(string text) => HtmlEncoder.Default.Encode(text);
        var inputs = fields
            .Where(field => !string.IsNullOrEmpty(field.Value))
            .Select(field => $"<input type=\"hidden\" name=\"{Encode(field.Name)}\" value=\"{Encode(field.Value!)}\">");
        return $"""
            <!DOCTYPE html>
            <html lang="en"><head><meta charset="utf-8"><title>One moment</title></head>
            <body><form method="post" action="{Encode(action)}">{string.Concat(inputs)}<noscript><button>Continue</button></noscript></form>
            <script>{Script}</script></body></html>
            """;
    }
}
