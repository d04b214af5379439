using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Http;
using Orleans.Sessions.Oidc;

namespace Orleans.Sessions.Gateway.Oidc.Logins;

/// <summary>The page that posts an answer to the client (<c>response_mode=form_post</c>). Its address has the code, and works as long as the code does.</summary>
internal sealed class FormPostPage(OidcGrains grains)
{
    private const string Script = "document.forms[0].submit();";
    private static readonly string s_scriptHash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Script)));

    public async Task AnswerAsync(HttpContext http)
    {
        var (id, ticket) = (http.Request.Query["id"].ToString(), http.Request.Query["ticket"].ToString());
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers["Referrer-Policy"] = "no-referrer";
        try
        {
            var answer = id.Length is > 0 and <= 200 && ticket.Length is > 0 and <= 200
                ? await grains.CallAsync(() => grains.Request(AuthRequestIds.Parse(id)).GetAnswerAsync(ticket), http.RequestAborted)
                : throw new SessionException(SessionErrors.AuthRequestCodeUsed);
            http.Response.Headers.ContentSecurityPolicy = $"default-src 'none'; script-src 'sha256-{s_scriptHash}'; base-uri 'none'; frame-ancestors 'none'";
            http.Response.ContentType = "text/html; charset=utf-8";
            await http.Response.WriteAsync(Page(answer, ticket), http.RequestAborted);
        }
        catch (SessionException exception) when (exception.Error == SessionErrors.AuthRequestCodeUsed)
        {
            http.Response.StatusCode = StatusCodes.Status400BadRequest;
            http.Response.ContentType = "text/plain; charset=utf-8";
            await http.Response.WriteAsync("This page has expired. Please start again at the application.", http.RequestAborted);
        }
    }

    private static string Page(RequestAnswer answer, string code)
    {
        static string Encode(string text) => HtmlEncoder.Default.Encode(text);
        var fields = CallbackUrl.Parameters(answer, code).Where(field => !string.IsNullOrEmpty(field.Value))
            .Select(field => $"<input type=\"hidden\" name=\"{Encode(field.Name)}\" value=\"{Encode(field.Value!)}\">");
        return $"""
            <!DOCTYPE html>
            <html lang="en"><head><meta charset="utf-8"><title>Signing in</title></head>
            <body><form method="post" action="{Encode(answer.Request.RedirectUri)}">{string.Concat(fields)}<noscript><button>Continue</button></noscript></form>
            <script>{Script}</script></body></html>
            """;
    }
}
