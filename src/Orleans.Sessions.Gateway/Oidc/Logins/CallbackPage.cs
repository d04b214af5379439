using Microsoft.AspNetCore.Http;
using Orleans.Sessions.Gateway.Cluster;
using Orleans.Sessions.Gateway.Logins;
using Orleans.Sessions.Gateway.Oidc.SessionManagement;
using Orleans.Sessions.Gateway.Pages;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Orleans.Sessions.Gateway.Oidc.Logins;

/// <summary>
/// The page that takes an answer to the client: it posts the answer (<c>response_mode=form_post</c>), or the browser comes by for its
/// state (<see cref="BrowserStates"/>) and goes on. Its URL contains the code and works as long as the code.
/// </summary>
internal sealed class CallbackPage(Grains grains, BrowserStates states)
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
            var parameters = CallbackUrl.Parameters(answer, ticket, states.Take(http, answer));
            if (answer.Request.ResponseMode == ResponseModes.FormPost)
            {
                await PostingPage.WriteAsync(http, answer.Request.RedirectUri, parameters);
            }
            else
            {
                http.Response.Redirect(CallbackUrl.Direct(answer.Request, parameters));
            }
        }
        catch (SessionException exception) when (exception.Error == SessionErrors.AuthRequestCodeUsed)
        {
            await MessagePage.WriteAsync(http, StatusCodes.Status400BadRequest, PageTexts.Expired);
        }
    }
}
