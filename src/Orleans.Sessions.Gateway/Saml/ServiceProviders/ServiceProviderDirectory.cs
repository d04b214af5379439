using Orleans.Sessions.Gateway.Calls;
using Orleans.Sessions.Saml;

namespace Orleans.Sessions.Gateway.Saml.ServiceProviders;

/// <summary>Finds registered service providers by their entity ids. Every node knows a change within a second.</summary>
internal sealed class ServiceProviderDirectory(SamlGrains grains, TimeProvider clock)
{
    private readonly RegistryCopy<ServiceProvider> _providers = new(entityId => grains.ServiceProviders.FindAsync(entityId), clock);

    /// <summary>The service provider; <c>null</c> if no service provider has this entity id.</summary>
    public ValueTask<ServiceProvider?> FindAsync(string entityId, CancellationToken cancellationToken) =>
        _providers.FindAsync(entityId, cancellationToken);
}
