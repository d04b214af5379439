namespace Orleans.Sessions.Projects;

/// <summary>A role that a user was given.</summary>
/// <param name="Key">The role.</param>
/// <param name="RoleCreatedAt">When that role was added to the project: an earlier role with the same key is another role.</param>
/// <param name="GrantedAt">Since when the organization could give it; <c>null</c> if the project is the organization's own.</param>
[GenerateSerializer, Immutable, Alias("sessions.AssignedRole")]
public sealed record AssignedRole(
    [property: Id(0)] string Key,
    [property: Id(1)] DateTimeOffset RoleCreatedAt,
    [property: Id(2)] DateTimeOffset? GrantedAt = null
);
