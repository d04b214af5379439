using Microsoft.AspNetCore.Http;
using Orleans.Sessions.Gateway.Saml.Keys;
using Orleans.Sessions.Gateway.Saml.Logins;
using Orleans.Sessions.Gateway.Saml.Messages;
using Orleans.Sessions.Saml;

namespace Orleans.Sessions.Gateway.Saml.Endpoints;

/// <summary>
/// Logout that a service provider starts: ends the sessions that logged the named person in there. Who has no key to sign with must name the session, which nobody
/// can guess; a name alone may be anybody's.
/// </summary>
internal sealed class SingleLogoutEndpoint(MessageReceiver receiver, SamlGrains grains, SigningCertificates certificates, TimeProvider clock)
{
    public async Task HandleAsync(HttpContext http)
    {
        var message = await MessageReceiver.ReceiveAsync(http);
        var asked = LogoutRequestMessage.Read(message) ?? throw new RefusedMessageException("it is no request to log out of SAML 2.0");
        var origin = receiver.OriginOf(http);
        var provider = await receiver.SenderAsync(
            message, asked.Issuer, asked.IssueInstant, asked.Destination, $"{origin}{SamlExtensions.LogoutPath}", sender => !sender.Certificates.IsEmpty, http.RequestAborted);
        if (asked.NotOnOrAfter <= clock.GetUtcNow())
        {
            throw new RefusedMessageException("it has expired");
        }

        if (provider.Certificates.IsEmpty && asked.SessionIndexes.IsEmpty)
        {
            throw new RefusedMessageException("it is not signed and names no session");
        }

        var ended = await grains.CallAsync(() => grains.Logout.EndAsync(provider.EntityId, asked.NameId, asked.SessionIndexes), http.RequestAborted);
        await AnswerAsync(http, provider, message, asked.Id, ResponseMaker.EntityId(origin), ended);
    }

    private async Task AnswerAsync(HttpContext http, ServiceProvider provider, SamlMessage message, string requestId, string issuer, bool ended)
    {
        var binding = message.Binding == SamlBinding.Redirect ? SamlBindingUris.Redirect : SamlBindingUris.Post;
        if (provider.LogoutEndpoints.OrderByDescending(endpoint => endpoint.Binding == binding).FirstOrDefault() is not { } endpoint)
        {
            await SamlPages.SayAsync(http, StatusCodes.Status200OK, ended ? "You are signed out." : "There is no such session.");
            return;
        }

        var certificate = await certificates.ActiveAsync(http.RequestAborted);
        var destination = endpoint.ResponseLocation ?? endpoint.Location;
        var response = SamlResponses.Logout(issuer, destination, requestId, ended ? SamlNames.Success : SamlNames.Requester, clock.GetUtcNow(), certificate);
        await SamlPages.SendAsync(http, endpoint.Binding == SamlBindingUris.Redirect
            ? new OutgoingResponse(SamlBindings.RedirectUrl(destination, OutgoingResponse.Field, response, message.RelayState, certificate), null, null)
            : new OutgoingResponse(destination, SamlBindings.PostValue(response), message.RelayState));
    }
}
