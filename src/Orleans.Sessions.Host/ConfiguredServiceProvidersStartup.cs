using System.Collections.Immutable;
using Microsoft.Extensions.Options;
using Orleans.Sessions.Saml;
using Orleans.Sessions.Saml.ServiceProviders;

namespace Orleans.Sessions.Host;

/// <summary>Registers the SAML service providers of the configuration after the silo has joined.</summary>
internal sealed class ConfiguredServiceProvidersStartup(
    IGrainFactory grains,
    IOptions<ConfiguredServiceProvidersOptions> options,
    TimeProvider clock
) : IStartupTask
{
    public async Task Execute(CancellationToken cancellationToken)
    {
        var registry = grains.GetGrain<IServiceProvidersGrain>(GrainKeys.SamlServiceProviders);
        ImmutableArray<ServiceProviderRegistration> providers =
        [
            .. options.Value.ServiceProviders.Select(provider => provider.ToRegistration()),
        ];
        try
        {
            await GrainCalls.RepeatIdempotentAsync(() => registry.ConfigureAsync(providers), clock, cancellationToken);
        }
        catch (SessionException exception) when (exception.Error == SessionErrors.ServiceProviderExists)
        {
            // The error does not name the service provider. The registry and the configuration together do.
            throw new InvalidOperationException(
                options.Value.ConflictWith(await registry.ListAsync(Caller.InCluster)) ?? exception.Message,
                exception
            );
        }
    }
}
