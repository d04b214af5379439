using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Orleans.Sessions.Gateway.Oidc.SessionManagement;

/// <summary>
/// The page that clients show in a frame and ask whether the person is still signed in (<c>check_session_iframe</c>, OpenID Connect Session
/// Management 1.0 §3.2). Every site may frame it: it shows nothing, and tells a client only whether the state is the one that the client
/// knows. The origin that the browser names for the asker is a part of what is compared. If the browser hides cookies in frames of other
/// sites, the answer is <c>error</c> and not <c>changed</c>: otherwise clients would ask for a new login again and again.
/// </summary>
internal static class CheckSessionPage
{
    private static readonly string s_script = $$"""
        const cookie = `${location.protocol === "https:" ? "__Host-" : ""}{{BrowserStates.Cookie}}=`;
        const known = () => document.cookie.split("; ").find(each => each.startsWith(cookie))?.slice(cookie.length) ?? "";
        const isHidden = async () => "hasStorageAccess" in document && !(await document.hasStorageAccess());
        const hash = async text => {
          const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
          return Array.from(bytes, byte => byte.toString(16).padStart(2, "0")).join("");
        };
        const answer = async (question, origin) => {
          const parts = typeof question === "string" && question.length < 1000 ? question.split(" ") : [];
          const [client, state] = parts;
          const salt = state?.split(".")[1];
          if (parts.length !== 2 || !client || !salt || !crypto.subtle) {
            return "error";
          }
          const browser = known();
          if (!browser && (await isHidden())) {
            return "error";
          }
          return `${await hash(`${client} ${origin} ${browser} ${salt}`)}.${salt}` === state ? "unchanged" : "changed";
        };
        addEventListener("message", async event => {
          if (event.source && event.origin !== "null") {
            event.source.postMessage(await answer(event.data, event.origin), event.origin);
          }
        });
        """.ReplaceLineEndings("\n");

    private static readonly string s_policy =
        $"default-src 'none'; script-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(s_script)))}'; "
        + "base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

    private static readonly string s_page = $"""
        <!DOCTYPE html>
        <html lang="en"><head><meta charset="utf-8"><title>Session</title><script>{s_script}</script></head><body></body></html>
        """;

    /// <summary>Answers with the page, which is the same for everybody.</summary>
    public static Task AnswerAsync(HttpContext http)
    {
        var headers = http.Response.Headers;
        headers.Remove(HeaderNames.XFrameOptions);
        headers.Remove(HeaderNames.Pragma);
        headers.Remove(HeaderNames.Expires);
        headers.CacheControl = "public, max-age=300";
        headers.ContentSecurityPolicy = s_policy;
        http.Response.ContentType = "text/html; charset=utf-8";
        return http.Response.WriteAsync(s_page, http.RequestAborted);
    }
}
