using System.Runtime.CompilerServices;
using Orleans.Sessions.Gateway.Cluster;
using Orleans.Sessions.Oidc;

namespace Orleans.Sessions.Gateway.Projects;

/// <summary>Finds projects by their ids. Every node knows a change within a second.</summary>
internal sealed class ProjectDirectory(Grains grains, TimeProvider clock)
{
    private readonly RegistryCache<KnownProject> _projects = new(
        (id, cancellationToken) => FindAsync(grains, id, cancellationToken),
        clock
    );

    /// <summary>Grants that were widened. A caller who presents one token again and again gets the same object again.</summary>
    private readonly ConditionalWeakTable<TokenGrant, TokenGrant> _widened = [];

    /// <summary>The project; <c>null</c> if no project has this id.</summary>
    public ValueTask<KnownProject?> FindAsync(string projectId, CancellationToken cancellationToken) =>
        _projects.FindAsync(projectId, cancellationToken);

    /// <summary>
    /// The grant of a client with the audiences of the client's project and of its registration. Returns the same object if there are none,
    /// or if the token is only for the resources that were named.
    /// </summary>
    public async ValueTask<TokenGrant> WidenAsync(TokenGrant grant, OidcClient client, CancellationToken cancellationToken)
    {
        if (!grant.Resources.IsDefaultOrEmpty)
        {
            return grant;
        }

        var project = client.ProjectId is { } projectId ? await FindAsync(projectId, cancellationToken) : null;
        if (project is null && client.Audiences is null)
        {
            return grant;
        }

        var audiences = grant.Audiences.Union((project?.Audiences ?? []).Concat(client.Audiences ?? []), StringComparer.Ordinal);
        if (!_widened.TryGetValue(grant, out var widened) || !widened.Audiences.SequenceEqual(audiences))
        {
            widened = grant with { Audiences = [.. audiences] };
            _widened.AddOrUpdate(grant, widened);
        }

        return widened;
    }

    private static async Task<KnownProject?> FindAsync(Grains grains, string projectId, CancellationToken cancellationToken) =>
        await grains.CallAsync(() => grains.Projects.FindAsync(projectId), cancellationToken) is { } project
            ? new KnownProject(project, await grains.CallAsync(() => grains.OidcClients.ListOfProjectAsync(projectId), cancellationToken))
            : null;
}
