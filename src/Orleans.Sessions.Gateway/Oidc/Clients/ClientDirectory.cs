using Orleans.Sessions.Gateway.Cluster;
using Orleans.Sessions.Gateway.Projects;
using Orleans.Sessions.Oidc;

namespace Orleans.Sessions.Gateway.Oidc.Clients;

/// <summary>Finds registered clients by their ids. Every node knows a change within a second.</summary>
internal sealed class ClientDirectory(Grains grains, ProjectDirectory projects, TimeProvider clock)
{
    private const int MaxId = 200;

    private readonly RegistryCache<OidcClient> _clients = new(
        (id, cancellationToken) => grains.CallAsync(() => grains.OidcClients.FindAsync(id), cancellationToken),
        clock
    );

    /// <summary>The client; <c>null</c> if no client has this id, or if the client or its project is inactive.</summary>
    public async ValueTask<OidcClient?> FindAsync(string? clientId, CancellationToken cancellationToken = default)
    {
        var client = clientId is { Length: > 0 and <= MaxId } ? await _clients.FindAsync(clientId, cancellationToken) : null;
        return
            client?.ProjectId is { } projectId
            && await projects.FindAsync(projectId, cancellationToken) is not { Project.IsInactive: false }
            ? null
            : client;
    }

    /// <summary>
    /// Whether the client's registration is still the one that something was created for; see <see cref="OidcClient.IsRegistration"/>.
    /// </summary>
    public async ValueTask<bool> IsRegisteredAsync(string clientId, DateTimeOffset? registeredAt, CancellationToken cancellationToken) =>
        await FindAsync(clientId, cancellationToken) is { } client && client.IsRegistration(clientId, registeredAt);
}
