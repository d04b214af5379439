using Microsoft.AspNetCore.Http;
using Orleans.Sessions.Gateway.Cluster;
using Orleans.Sessions.Gateway.Pages;
using Orleans.Sessions.Gateway.Saml.Endpoints;
using Orleans.Sessions.Gateway.Saml.Keys;
using Orleans.Sessions.Gateway.Saml.Logins;
using Orleans.Sessions.Gateway.Saml.Messages;
using Orleans.Sessions.Gateway.Saml.ServiceProviders;
using Orleans.Sessions.Saml;
using Orleans.Sessions.Secrets;

namespace Orleans.Sessions.Gateway.Saml.Logouts;

/// <summary>
/// Sends the browser of a person who logs out from one service provider of the session to the next (SAML profiles §4.4), and finally back
/// to where it came from.
/// </summary>
internal sealed class LogoutPropagation(
    Grains grains,
    ServiceProviderDirectory providers,
    SigningCertificates certificates,
    TimeProvider clock
)
{
    /// <summary>Ends the sessions that a service provider's request names, and sends the browser on.</summary>
    public Task StartAsync(HttpContext http, SamlLogoutRequest request) => StartAsync(http, logout => logout.EndForAsync(request));

    /// <summary>
    /// Ends a session for another reason, and sends the browser on, finally to <paramref name="returnTo"/>. The caller must have checked
    /// that URL.
    /// </summary>
    public Task StartAsync(HttpContext http, string sessionId, string returnTo) =>
        StartAsync(http, logout => logout.EndAsync(sessionId, returnTo));

    /// <summary>Receives a service provider's answer and sends the browser on. Fails with <c>SAML-Log01</c>.</summary>
    public async Task ContinueAsync(HttpContext http, SamlLogoutAnswer answer)
    {
        var logoutId = SamlLogoutIds.LogoutOf(answer.RequestId) ?? throw new SessionException(SessionErrors.SamlLogoutNotWaiting);
        await SendAsync(http, await grains.CallAsync(() => grains.SamlLogout(logoutId).ContinueAsync(answer), http.RequestAborted));
    }

    private async Task StartAsync(HttpContext http, Func<ISamlLogoutGrain, Task<SamlLogoutStep>> start)
    {
        var logout = grains.SamlLogout(RandomText.NewId());
        await SendAsync(http, await grains.CallAsync(() => start(logout), http.RequestAborted));
    }

    private async Task SendAsync(HttpContext http, SamlLogoutStep step)
    {
        if (step.Next is { } notice)
        {
            await TellAsync(http, notice);
        }
        else if (step.Request is { } request)
        {
            await AnswerAsync(http, request, step.IsPartial);
        }
        else
        {
            http.Response.Headers.CacheControl = "no-store";
            http.Response.Redirect(step.ReturnTo!);
        }
    }

    private async Task TellAsync(HttpContext http, SamlLogoutNotice notice)
    {
        var provider = await providers.FindAsync(notice.EntityId, http.RequestAborted);
        var signer = await certificates.SignerAsync(provider, http.RequestAborted);
        var message = SamlRequests.Logout(ResponseMaker.EntityId(notice.Origin), notice, clock.GetUtcNow(), signer);
        await SamlPages.SendAsync(
            http,
            OutgoingMessage.Of(notice.Endpoint.Binding, notice.Endpoint.Location, SamlBindings.Request, message, relayState: null, signer)
        );
    }

    private async Task AnswerAsync(HttpContext http, SamlLogoutRequest request, bool isPartial)
    {
        var provider = await providers.FindAsync(request.EntityId, http.RequestAborted);
        if (
            provider?.LogoutEndpoints.OrderByDescending(endpoint => endpoint.Binding == request.Binding).FirstOrDefault()
            is not { } endpoint
        )
        {
            await MessagePage.WriteAsync(http, StatusCodes.Status200OK, isPartial ? PageTexts.PartlySignedOut : PageTexts.SignedOut);
            return;
        }

        var signer = await certificates.SignerAsync(provider, http.RequestAborted);
        var destination = endpoint.ResponseLocation ?? endpoint.Location;
        var message = SamlResponses.Logout(
            ResponseMaker.EntityId(request.Origin),
            destination,
            request.RequestId,
            isPartial,
            clock.GetUtcNow(),
            signer
        );
        await SamlPages.SendAsync(
            http,
            OutgoingMessage.Of(endpoint.Binding, destination, SamlBindings.Response, message, request.RelayState, signer)
        );
    }
}
