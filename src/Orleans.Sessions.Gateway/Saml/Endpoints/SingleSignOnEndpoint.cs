using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Orleans.Sessions.Gateway.Limits;
using Orleans.Sessions.Gateway.Saml.Logins;
using Orleans.Sessions.Gateway.Saml.Messages;
using Orleans.Sessions.Saml;

namespace Orleans.Sessions.Gateway.Saml.Endpoints;

/// <summary>
/// Stores a service provider's request and sends the browser to the login frontend with its id. The service provider gets errors, once it
/// is certain that its message asks for an answer to one of its own addresses.
/// </summary>
internal sealed class SingleSignOnEndpoint(
    MessageReceiver receiver,
    ResponseMaker responses,
    PendingLogins logins,
    RequestLimits limits,
    IOptions<SamlProviderOptions> options,
    TimeProvider clock
)
{
    public async Task HandleAsync(HttpContext http)
    {
        var message = await MessageReceiver.RequestAsync(http);
        var asked = AuthnRequestMessage.Read(message)
            ?? throw new RefusedMessageException(
                MessageHead.FaultOf(message, "AuthnRequest")
                    ?? "its ForceAuthn, IsPassive, AssertionConsumerServiceIndex or Subject cannot be read"
            );
        var origin = receiver.OriginOf(http);
        var provider = await receiver.SenderAsync(
            message,
            asked.Issuer,
            asked.IssueInstant,
            asked.Destination,
            $"{origin}{SamlExtensions.SignOnPath}",
            sender => sender.RequireSignedRequests,
            http.RequestAborted
        );
        if (asked.ProtocolBinding is { } binding && !SamlBindingUris.IsForAnswers(binding))
        {
            throw new RefusedMessageException(
                $"it asks for the response by {SamlBindings.Tell(binding)}; offered are HTTP-POST, HTTP-Redirect and HTTP-Artifact"
            );
        }

        var consumer = ConsumerChoice.Of(provider, asked)
            ?? throw new RefusedMessageException(
                "the application has not registered this address for a response by HTTP-POST, HTTP-Redirect or HTTP-Artifact"
            );
        var levels = ContextClasses.Wanted(asked.ContextClasses, asked.ContextComparison);
        var formats = NameIdChoice.Of(provider, asked.NameIdFormat);
        var request = new SamlRequest
        {
            EntityId = provider.EntityId,
            RequestId = asked.Id,
            Origin = origin,
            AssertionConsumer = consumer.Location,
            Binding = consumer.Binding,
            RelayState = message.RelayState,
            NameIdFormat = formats?.Format ?? "",
            OtherNameIdFormat = formats?.Other,
            ForceAuthn = asked.ForceAuthn,
            IsPassive = asked.IsPassive,
            ContextClasses = [.. asked.ContextClasses.Where(ContextClasses.IsKnown)],
            ContextComparison = asked.ContextComparison,
            AcrValues = levels ?? [],
            MinimumAcr = provider.MinimumAcr,
            LoginClientId = provider.LoginClientId,
            SubjectNameId = asked.Subject,
            SubjectNameIdFormat = asked.SubjectFormat,
            Encryption = provider.Encryption,
        };
        var refusal =
            formats is null ? "InvalidNameIDPolicy"
            : levels is null ? "NoAuthnContext"
            // Only the login frontend knows the user, and most need a window to ask. A new login always needs one.
            : asked.IsPassive && (asked.ForceAuthn || !options.Value.ForwardPassive) ? "NoPassive"
            : null;
        if (refusal is not null)
        {
            await RefuseAsync(http, request, refusal);
            return;
        }

        await logins.StartAsync(http, provider, request, SamlRequestIds.Of(provider.EntityId, asked.Id));
    }

    private async Task RefuseAsync(HttpContext http, SamlRequest request, string error)
    {
        if (request.Binding == SamlBindingUris.Artifact)
        {
            limits.Store(http, request.EntityId, PendingLogins.BytesOf(request));
        }

        var answer = new SamlAnswer
        {
            Request = request,
            CompletedAt = clock.GetUtcNow(),
            Error = error,
            ResourceOwner = "",
        };
        await SamlPages.SendAsync(http, await responses.AnswerAsync(answer, http.RequestAborted));
    }
}
