using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Http;

namespace Orleans.Sessions.Gateway.Pages;

/// <summary>
/// One message in place of a page that cannot be shown: HTML in the person's language for browsers, JSON for programs that accept it, and
/// otherwise plain text in English.
/// </summary>
internal static class MessagePage
{
    private const string Policy = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /// <summary>Whether the request accepts HTML or JSON by name.</summary>
    public static bool IsWanted(HttpRequest request) => Accepts(request, "text/html") || Accepts(request, "application/json");

    /// <summary>Answers with the message.</summary>
    /// <param name="http">The request.</param>
    /// <param name="status">The HTTP status.</param>
    /// <param name="text">The message, one of <see cref="PageTexts"/>.</param>
    /// <param name="detail">What is wrong, for whoever operates the application, in English and without a full stop.</param>
    /// <param name="error">The code of a failure; <c>null</c> chooses it by the status.</param>
    public static Task WriteAsync(HttpContext http, int status, string text, string? detail = null, string? error = null)
    {
        var response = http.Response;
        response.StatusCode = status;
        response.Headers.CacheControl = "no-store";
        response.Headers.Vary = "Accept, Accept-Language";
        if (Accepts(http.Request, "text/html"))
        {
            var language = PageTexts.LanguageOf(http.Request);
            response.Headers.ContentSecurityPolicy = Policy;
            response.Headers.ContentLanguage = language;
            response.ContentType = "text/html; charset=utf-8";
            return response.WriteAsync(Html(language, PageTexts.In(language, text), detail), http.RequestAborted);
        }

        if (Accepts(http.Request, "application/json"))
        {
            return response.WriteAsJsonAsync(Members(status, text, detail, error), http.RequestAborted);
        }

        response.ContentType = "text/plain; charset=utf-8";
        return response.WriteAsync(detail is null ? text : $"{text.TrimEnd('.')}: {detail}.", http.RequestAborted);
    }

    private static Dictionary<string, string> Members(int status, string text, string? detail, string? error) =>
        status < StatusCodes.Status400BadRequest
            ? new Dictionary<string, string> { ["message"] = text }
            : new Dictionary<string, string> { ["error"] = error ?? ErrorOf(status), ["error_description"] = detail ?? text };

    private static string ErrorOf(int status) =>
        status switch
        {
            StatusCodes.Status429TooManyRequests or StatusCodes.Status503ServiceUnavailable => OAuthError.TemporarilyUnavailable,
            StatusCodes.Status500InternalServerError => OAuthError.ServerError,
            _ => OAuthError.InvalidRequest,
        };

    private static string Html(string language, string text, string? detail)
    {
        static string Encode(string text) => HtmlEncoder.Default.Encode(text);
        var more = detail is null ? "" : $"<p lang=\"en\"><code>{Encode(detail)}</code></p>";
        return $"""
            <!DOCTYPE html>
            <html lang="{language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
            <title>{Encode(text)}</title></head><body><main><p>{Encode(text)}</p>{more}</main></body></html>
            """;
    }

    private static bool Accepts(HttpRequest request, string type) =>
        request.Headers.Accept.ToString().Contains(type, StringComparison.OrdinalIgnoreCase);
}
