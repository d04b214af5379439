using System.Collections.Immutable;
using Microsoft.Extensions.Options;
using Orleans.Sessions.Saml;
using Orleans.Sessions.Saml.ServiceProviders;

namespace Orleans.Sessions.Host;

/// <summary>Puts the SAML service providers of the configuration into the registry, when the silo has joined.</summary>
internal sealed class ConfiguredServiceProvidersStartup(
    IGrainFactory grains, IOptions<ConfiguredServiceProvidersOptions> options, TimeProvider clock) : IStartupTask
{
    public Task Execute(CancellationToken cancellationToken)
    {
        ImmutableArray<ServiceProviderRegistration> providers = [.. options.Value.ServiceProviders.Select(provider => provider.ToRegistration())];
        return GrainCalls.RepeatAsync(
            () => grains.GetGrain<IServiceProvidersGrain>(GrainKeys.SamlServiceProviders).ConfigureAsync(providers), clock, cancellationToken);
    }
}
