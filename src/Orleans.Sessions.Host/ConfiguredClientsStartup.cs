using Microsoft.Extensions.Options;
using Orleans.Sessions.Oidc;
using Orleans.Sessions.Oidc.Clients;

namespace Orleans.Sessions.Host;

/// <summary>Puts the OpenID Connect clients of the configuration into the registry, when the silo has joined.</summary>
internal sealed class ConfiguredClientsStartup(IGrainFactory grains, IOptions<ConfiguredClientsOptions> options) : IStartupTask
{
    public Task Execute(CancellationToken cancellationToken) =>
        grains.GetGrain<IOidcClientsGrain>(GrainKeys.OidcClients).ConfigureAsync([.. options.Value.Clients.Select(client => client.ToClient())]);
}
