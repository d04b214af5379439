using System.Collections.Immutable;
using Orleans.Sessions.Projects;

namespace Orleans.Sessions.Gateway.Projects;

/// <summary>The roles of a user in some projects.</summary>
/// <param name="Projects">The projects.</param>
internal sealed record KnownRoles(ImmutableArray<ProjectRoles> Projects);
