using System.Collections.Immutable;
using Microsoft.Extensions.Options;
using Orleans.Sessions.Saml;
using Orleans.Sessions.Saml.ServiceProviders;

namespace Orleans.Sessions.Host;

/// <summary>Puts the SAML service providers of the configuration into the registry, when the silo has joined.</summary>
internal sealed class ConfiguredServiceProvidersStartup(
    IGrainFactory grains, IOptions<ConfiguredServiceProvidersOptions> options, TimeProvider clock) : IStartupTask
{
    public async Task Execute(CancellationToken cancellationToken)
    {
        var registry = grains.GetGrain<IServiceProvidersGrain>(GrainKeys.SamlServiceProviders);
        ImmutableArray<ServiceProviderRegistration> providers = [.. options.Value.ServiceProviders.Select(provider => provider.ToRegistration())];
        try
        {
            await GrainCalls.RepeatIdempotentAsync(() => registry.ConfigureAsync(providers), clock, cancellationToken);
        }
        catch (SessionException exception) when (exception.Error == SessionErrors.ServiceProviderExists)
        {
            // The error does not say which one; the registry and the configuration do.
            throw new InvalidOperationException(options.Value.ConflictWith(await registry.ListAsync(Caller.InCluster)) ?? exception.Message, exception);
        }
    }
}
