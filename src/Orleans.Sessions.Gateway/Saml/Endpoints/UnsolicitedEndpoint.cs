using Microsoft.AspNetCore.Http;
using Orleans.Sessions.Gateway.Saml.Logins;
using Orleans.Sessions.Gateway.Saml.Messages;
using Orleans.Sessions.Gateway.Saml.ServiceProviders;
using Orleans.Sessions.Saml;
using Orleans.Sessions.Secrets;

namespace Orleans.Sessions.Gateway.Saml.Endpoints;

/// <summary>
/// Begins logins without a request (SAML profiles §4.1.5), for service providers whose registration allows it: anybody can send a browser
/// here. The parameters are those of Shibboleth's identity provider: <c>providerId</c> is the entity id, <c>shire</c> chooses a registered
/// address for the response, and <c>target</c> is the relay state.
/// </summary>
internal sealed class UnsolicitedEndpoint(MessageReceiver receiver, ServiceProviderDirectory providers, PendingLogins logins)
{
    public async Task HandleAsync(HttpContext http)
    {
        var provider = Parameter(http, "providerId") is { } entityId ? await providers.FindAsync(entityId, http.RequestAborted) : null;
        if (provider is not { AllowUnsolicited: true })
        {
            throw new RefusedMessageException("the application does not allow logins that begin here");
        }

        var (address, relayState) = (Parameter(http, "shire"), Parameter(http, "target"));
        if (relayState?.Length > SamlMessage.MaxRelayState)
        {
            throw new RefusedMessageException($"the target is longer than {SamlMessage.MaxRelayState} characters");
        }

        var consumer = ConsumerChoice.Of(provider, address)
            ?? throw new RefusedMessageException(
                "the application has not registered this address for a response by HTTP-POST, HTTP-Redirect or HTTP-Artifact"
            );
        var format = NameIdChoice.Of(provider, requested: null)!;
        await logins.StartAsync(
            http,
            provider,
            new SamlRequest
            {
                EntityId = provider.EntityId,
                RequestId = "",
                Origin = receiver.OriginOf(http),
                AssertionConsumer = consumer.Location,
                Binding = consumer.Binding,
                RelayState = relayState,
                NameIdFormat = format.Format,
                OtherNameIdFormat = format.Other,
                MinimumAcr = provider.MinimumAcr,
                LoginClientId = provider.LoginClientId,
                Encryption = provider.Encryption,
            },
            SamlRequestIds.Of(provider.EntityId, RandomText.NewSecret())
        );
    }

    private static string? Parameter(HttpContext http, string name) =>
        http.Request.Query.TryGetValue(name, out var values) && values is [{ Length: > 0 } value] ? value : null;
}
