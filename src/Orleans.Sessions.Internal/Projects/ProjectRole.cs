namespace Orleans.Sessions.Projects;

/// <summary>A role of a project.</summary>
/// <param name="Key">The name that applications see, unique in the project.</param>
/// <param name="DisplayName">The name that administrators see.</param>
/// <param name="Group">A name by which administrators sort roles; empty if there is none.</param>
/// <param name="CreatedAt">When the role was added. It tells the role from an earlier one with the same key.</param>
/// <param name="ChangedAt">When the role was last changed.</param>
[GenerateSerializer, Immutable, Alias("sessions.ProjectRole")]
public sealed record ProjectRole(
    [property: Id(0)] string Key,
    [property: Id(1)] string DisplayName,
    [property: Id(2)] string Group,
    [property: Id(3)] DateTimeOffset CreatedAt,
    [property: Id(4)] DateTimeOffset ChangedAt
);
