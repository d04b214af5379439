using System.Collections.Immutable;
using Orleans.Sessions.Projects;

namespace Orleans.Sessions.Gateway.Projects;

/// <summary>A project and the clients that belong to it.</summary>
/// <param name="Project">The project.</param>
/// <param name="ClientIds">Its clients, active and inactive ones.</param>
internal sealed record KnownProject(Project Project, ImmutableArray<string> ClientIds)
{
    /// <summary>
    /// The audiences that every token of its clients has: all clients, and the project. The tokens of a project with very many clients name
    /// the project alone, because everybody must carry them.
    /// </summary>
    public IEnumerable<string> Audiences => ClientIds.Length <= MaxClients ? ClientIds.Append(Project.Id) : [Project.Id];

    private const int MaxClients = 100;
}
