namespace Orleans.Sessions.Projects;

/// <summary>Changes of a role. What is <c>null</c> stays as it is.</summary>
/// <param name="Key">The role.</param>
/// <param name="DisplayName">The name that administrators see.</param>
/// <param name="Group">The group; empty removes it.</param>
[GenerateSerializer, Immutable, Alias("sessions.ProjectRoleChange")]
public sealed record ProjectRoleChange(
    [property: Id(0)] string Key,
    [property: Id(1)] string? DisplayName,
    [property: Id(2)] string? Group
);
