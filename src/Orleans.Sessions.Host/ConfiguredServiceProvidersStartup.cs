using Microsoft.Extensions.Options;
using Orleans.Sessions.Saml;
using Orleans.Sessions.Saml.ServiceProviders;

namespace Orleans.Sessions.Host;

/// <summary>Puts the SAML service providers of the configuration into the registry, when the silo has joined.</summary>
internal sealed class ConfiguredServiceProvidersStartup(IGrainFactory grains, IOptions<ConfiguredServiceProvidersOptions> options) : IStartupTask
{
    public Task Execute(CancellationToken cancellationToken) => grains.GetGrain<IServiceProvidersGrain>(GrainKeys.SamlServiceProviders)
        .ConfigureAsync([.. options.Value.ServiceProviders.Select(provider => provider.ToRegistration())]);
}
