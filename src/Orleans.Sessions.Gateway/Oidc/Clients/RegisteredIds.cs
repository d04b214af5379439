using System.Runtime.CompilerServices;
using Orleans.Sessions.Gateway.Cluster;

namespace Orleans.Sessions.Gateway.Oidc.Clients;

/// <summary>
/// Which ids belong to clients, active or not, and to projects. A service account is its own client, and must not pass for one of them.
/// Every node knows a change within a second.
/// </summary>
internal sealed class RegisteredIds(Grains grains, TimeProvider clock)
{
    private readonly RegistryCache<StrongBox<bool>> _known = new(
        (id, cancellationToken) => FindAsync(grains, id, cancellationToken),
        clock
    );

    /// <summary>Whether a client or a project has this id.</summary>
    public async ValueTask<bool> HasAsync(string id, CancellationToken cancellationToken) =>
        await _known.FindAsync(id, cancellationToken) is { Value: true };

    private static async Task<StrongBox<bool>?> FindAsync(Grains grains, string id, CancellationToken cancellationToken) =>
        new(
            await grains.CallAsync(() => grains.OidcClients.HasAsync(id), cancellationToken)
                || await grains.CallAsync(() => grains.Projects.FindAsync(id), cancellationToken) is not null
        );
}
