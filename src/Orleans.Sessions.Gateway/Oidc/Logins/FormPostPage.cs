using Microsoft.AspNetCore.Http;
using Orleans.Sessions.Gateway.Cluster;
using Orleans.Sessions.Gateway.Logins;
using Orleans.Sessions.Gateway.Pages;

namespace Orleans.Sessions.Gateway.Oidc.Logins;

/// <summary>
/// The page that posts an answer to the client (<c>response_mode=form_post</c>). Its URL contains the code and works as long as the code.
/// </summary>
internal sealed class FormPostPage(Grains grains)
{
    public async Task AnswerAsync(HttpContext http)
    {
        var (id, ticket) = (http.Request.Query["id"].ToString(), http.Request.Query["ticket"].ToString());
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers["Referrer-Policy"] = "no-referrer";
        try
        {
            var answer =
                id.Length is > 0 and <= 200 && ticket.Length is > 0 and <= 200
                    ? await grains.CallAsync(
                        () => grains.AuthorizationRequest(AuthRequestIds.Parse(id)).GetAnswerAsync(ticket),
                        http.RequestAborted
                    )
                    : throw new SessionException(SessionErrors.AuthRequestCodeUsed);
            await PostingPage.WriteAsync(http, answer.Request.RedirectUri, CallbackUrl.Parameters(answer, ticket));
        }
        catch (SessionException exception) when (exception.Error == SessionErrors.AuthRequestCodeUsed)
        {
            await MessagePage.WriteAsync(http, StatusCodes.Status400BadRequest, PageTexts.Expired);
        }
    }
}
