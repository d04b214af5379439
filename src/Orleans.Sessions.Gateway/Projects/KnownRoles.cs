using System.Collections.Immutable;
using Orleans.Sessions.Projects;

namespace Orleans.Sessions.Gateway.Projects;

/// <summary>The roles of a user in some projects.</summary>
/// <param name="Projects">The projects.</param>
/// <param name="Domains">The primary domains of the organizations that gave the roles, by their ids.</param>
internal sealed record KnownRoles(ImmutableArray<ProjectRoles> Projects, IReadOnlyDictionary<string, string> Domains);
