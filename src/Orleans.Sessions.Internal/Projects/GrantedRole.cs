namespace Orleans.Sessions.Projects;

/// <summary>A role that a user has now.</summary>
/// <param name="Key">The role.</param>
/// <param name="OrganizationId">The organization that gave it.</param>
[GenerateSerializer, Immutable, Alias("sessions.GrantedRole")]
public sealed record GrantedRole([property: Id(0)] string Key, [property: Id(1)] string OrganizationId);
