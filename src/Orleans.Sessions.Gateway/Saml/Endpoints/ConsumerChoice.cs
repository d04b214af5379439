using Orleans.Sessions.Gateway.Saml.Messages;
using Orleans.Sessions.Saml;

namespace Orleans.Sessions.Gateway.Saml.Endpoints;

/// <summary>
/// Chooses the registered address for the answer (SAML metadata §2.2.3). An artifact is only for requests that ask for it, by its binding,
/// its index or its address, and for service providers that take nothing else. Many metadata list an address for artifacts although the
/// service provider's server cannot reach this service.
/// </summary>
internal static class ConsumerChoice
{
    /// <summary>The address that the request names, or else the default one; <c>null</c> if it names another one.</summary>
    public static AssertionConsumer? Of(ServiceProvider provider, AuthnRequestMessage asked)
    {
        var candidates = provider
            .AssertionConsumers.Where(consumer => asked.ProtocolBinding is null || consumer.Binding == asked.ProtocolBinding)
            .OrderBy(IsForArtifacts);
        if (asked.AcsUrl is { } url)
        {
            return candidates.FirstOrDefault(consumer => consumer.Location == url);
        }

        // Some metadata give the same index to several addresses.
        return asked.AcsIndex is { } index
            ? provider.AssertionConsumers.OrderBy(IsForArtifacts).FirstOrDefault(consumer => consumer.Index == index)
            : Default(candidates);
    }

    /// <summary>The address for a login without a request; <c>null</c> if the given address is not registered.</summary>
    public static AssertionConsumer? Of(ServiceProvider provider, string? address) =>
        Default(provider.AssertionConsumers.Where(consumer => address is null || consumer.Location == address).OrderBy(IsForArtifacts));

    private static AssertionConsumer? Default(IOrderedEnumerable<AssertionConsumer> candidates) =>
        candidates.ThenByDescending(consumer => consumer.IsDefault).ThenBy(consumer => consumer.Index).FirstOrDefault();

    private static bool IsForArtifacts(AssertionConsumer consumer) => consumer.Binding == SamlBindingUris.Artifact;
}
