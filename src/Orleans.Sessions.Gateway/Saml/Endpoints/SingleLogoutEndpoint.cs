using Microsoft.AspNetCore.Http;
using Orleans.Sessions.Gateway.Limits;
using Orleans.Sessions.Gateway.Saml.Logouts;
using Orleans.Sessions.Gateway.Saml.Messages;
using Orleans.Sessions.Saml;
using Orleans.Sessions.Secrets;

namespace Orleans.Sessions.Gateway.Saml.Endpoints;

/// <summary>
/// Receives logout requests of service providers, and their answers to our logout requests. A request ends the sessions in which the named
/// person logged in at that service provider. A service provider without a key to sign with must name the session index, which nobody can
/// guess; anyone could know a name. A request that matches no session succeeds at once: sessions that ended long ago are not remembered,
/// and they are already logged out.
/// </summary>
internal sealed class SingleLogoutEndpoint(MessageReceiver receiver, LogoutPropagation journey, RequestLimits limits, TimeProvider clock)
{
    public async Task HandleAsync(HttpContext http)
    {
        if (await MessageReceiver.AnswerAsync(http) is { } answer)
        {
            await ContinueAsync(http, answer);
        }
        else
        {
            await StartAsync(http, await MessageReceiver.RequestAsync(http));
        }
    }

    private async Task StartAsync(HttpContext http, SamlMessage message)
    {
        var asked = LogoutRequestMessage.Read(message)
            ?? throw new RefusedMessageException(
                MessageHead.FaultOf(message, "LogoutRequest") ?? "its NameID, NotOnOrAfter or a SessionIndex cannot be read"
            );
        var provider = await SenderAsync(http, message, asked.Issuer, asked.IssueInstant, asked.Destination);
        if (asked.NotOnOrAfter <= clock.GetUtcNow())
        {
            throw new RefusedMessageException("it has expired");
        }

        if (provider.Certificates.IsEmpty && asked.SessionIndexes.IsEmpty)
        {
            throw new RefusedMessageException("it is not signed and names no session");
        }

        limits.Store(http, provider.EntityId, StoredRequests.Bytes([asked.Id, message.RelayState, .. asked.SessionIndexes]));
        await journey.StartAsync(
            http,
            new SamlLogoutRequest
            {
                EntityId = provider.EntityId,
                RequestId = asked.Id,
                Origin = receiver.OriginOf(http),
                Binding = message.Binding == SamlBinding.Redirect ? SamlBindingUris.Redirect : SamlBindingUris.Post,
                RelayState = message.RelayState,
                NameId = asked.NameId,
                SessionIndexes = asked.SessionIndexes,
            }
        );
    }

    private async Task ContinueAsync(HttpContext http, SamlMessage message)
    {
        var answer = LogoutResponseMessage.Read(message)
            ?? throw new RefusedMessageException(
                MessageHead.FaultOf(message, "LogoutResponse") ?? "its InResponseTo or Status cannot be read"
            );
        var provider = await SenderAsync(http, message, answer.Issuer, answer.IssueInstant, answer.Destination);
        try
        {
            await journey.ContinueAsync(
                http,
                new SamlLogoutAnswer
                {
                    EntityId = provider.EntityId,
                    RequestId = answer.InResponseTo,
                    IsDone = answer.IsDone,
                    Attempt = RandomText.NewId(),
                }
            );
        }
        catch (SessionException exception) when (exception.Error == SessionErrors.SamlLogoutNotWaiting)
        {
            throw new RefusedMessageException("no logout waits for this response");
        }
    }

    private Task<ServiceProvider> SenderAsync(
        HttpContext http,
        SamlMessage message,
        string issuer,
        DateTimeOffset issuedAt,
        string? destination
    ) =>
        receiver.SenderAsync(
            message,
            issuer,
            issuedAt,
            destination,
            $"{receiver.OriginOf(http)}{SamlExtensions.LogoutPath}",
            sender => !sender.Certificates.IsEmpty,
            http.RequestAborted
        );
}
