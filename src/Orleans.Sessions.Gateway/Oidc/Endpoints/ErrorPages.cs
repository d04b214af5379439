using Microsoft.AspNetCore;
using OpenIddict.Server;
using Orleans.Sessions.Gateway.Pages;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Orleans.Sessions.Gateway.Oidc.Endpoints;

/// <summary>
/// Shows a person the errors that cannot go to the client, because there is no address of the client to which they may go. OpenIddict by
/// itself writes its parameters as lines of text, which it still does for programs that accept neither HTML nor JSON.
/// </summary>
internal sealed class ErrorPages
    : IOpenIddictServerHandler<ApplyAuthorizationResponseContext>,
        IOpenIddictServerHandler<ApplyEndUserVerificationResponseContext>,
        IOpenIddictServerHandler<ApplyEndSessionResponseContext>
{
    public ValueTask HandleAsync(ApplyAuthorizationResponseContext context) => AnswerAsync(context);

    public ValueTask HandleAsync(ApplyEndUserVerificationResponseContext context) => AnswerAsync(context);

    public ValueTask HandleAsync(ApplyEndSessionResponseContext context) => AnswerAsync(context);

    private static async ValueTask AnswerAsync(BaseRequestContext context)
    {
        if (
            context.Transaction.Response is not { Error: { Length: > 0 } error } response
            || context.Transaction.GetHttpRequest() is not { } request
            || !MessagePage.IsWanted(request)
        )
        {
            return;
        }

        var http = request.HttpContext;
        var detail = response.ErrorDescription?.TrimEnd('.');
        await MessagePage.WriteAsync(http, http.Response.StatusCode, PageTexts.RequestRefused, detail ?? error, error);
        context.HandleRequest();
    }
}
