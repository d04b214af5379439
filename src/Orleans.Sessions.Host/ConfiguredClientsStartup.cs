using System.Collections.Immutable;
using Microsoft.Extensions.Options;
using Orleans.Sessions.Oidc;
using Orleans.Sessions.Oidc.Clients;

namespace Orleans.Sessions.Host;

/// <summary>Registers the OpenID Connect clients of the configuration after the silo has joined.</summary>
internal sealed class ConfiguredClientsStartup(IGrainFactory grains, IOptions<ConfiguredClientsOptions> options, TimeProvider clock)
    : IStartupTask
{
    public Task Execute(CancellationToken cancellationToken)
    {
        ImmutableArray<OidcClient> clients = [.. options.Value.Clients.Select(client => client.ToClient())];
        return GrainCalls.RepeatIdempotentAsync(
            () => grains.GetGrain<IOidcClientsGrain>(GrainKeys.OidcClients).ConfigureAsync(clients),
            clock,
            cancellationToken
        );
    }
}
