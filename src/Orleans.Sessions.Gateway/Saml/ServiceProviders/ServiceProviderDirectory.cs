using Orleans.Sessions.Gateway.Cluster;
using Orleans.Sessions.Saml;

namespace Orleans.Sessions.Gateway.Saml.ServiceProviders;

/// <summary>Finds registered service providers by their entity ids. Every node knows a change within a second.</summary>
internal sealed class ServiceProviderDirectory(Grains grains, TimeProvider clock)
{
    private readonly RegistryCache<ServiceProvider> _providers = new(
        (entityId, cancellationToken) => grains.CallAsync(() => grains.SamlServiceProviders.FindAsync(entityId), cancellationToken),
        clock
    );

    /// <summary>The service provider; <c>null</c> if no service provider has this entity id.</summary>
    public ValueTask<ServiceProvider?> FindAsync(string entityId, CancellationToken cancellationToken) =>
        _providers.FindAsync(entityId, cancellationToken);
}
