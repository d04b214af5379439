using System.Collections.Immutable;

namespace Orleans.Sessions.Projects;

/// <summary>What a user has in one active project.</summary>
/// <param name="ProjectId">The project.</param>
/// <param name="AreAsserted">Whether applications are told the roles without asking for them.</param>
/// <param name="IsAuthorized">Whether the user has an active authorization, with roles or without.</param>
/// <param name="Roles">The roles.</param>
[GenerateSerializer, Immutable, Alias("sessions.ProjectRoles")]
public sealed record ProjectRoles(
    [property: Id(0)] string ProjectId,
    [property: Id(1)] bool AreAsserted,
    [property: Id(2)] bool IsAuthorized,
    [property: Id(3)] ImmutableArray<GrantedRole> Roles
);
