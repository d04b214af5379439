using Orleans.Sessions.Gateway.Cluster;
using Orleans.Sessions.Oidc;

namespace Orleans.Sessions.Gateway.Oidc.Clients;

/// <summary>Finds registered clients by their ids. Every node knows a change within a second.</summary>
internal sealed class ClientDirectory(Grains grains, TimeProvider clock)
{
    private const int MaxId = 200;

    private readonly RegistryCache<OidcClient> _clients = new(
        (id, cancellationToken) => grains.CallAsync(() => grains.OidcClients.FindAsync(id), cancellationToken),
        clock
    );

    /// <summary>The client; <c>null</c> if no client has this id.</summary>
    public ValueTask<OidcClient?> FindAsync(string? clientId, CancellationToken cancellationToken = default) =>
        clientId is { Length: > 0 and <= MaxId } ? _clients.FindAsync(clientId, cancellationToken) : new((OidcClient?)null);

    /// <summary>
    /// Whether the client's registration is still the one that something was created for; see <see cref="OidcClient.IsRegistration"/>.
    /// </summary>
    public async ValueTask<bool> IsRegisteredAsync(string clientId, DateTimeOffset? registeredAt, CancellationToken cancellationToken) =>
        await FindAsync(clientId, cancellationToken) is { } client && client.IsRegistration(clientId, registeredAt);
}
