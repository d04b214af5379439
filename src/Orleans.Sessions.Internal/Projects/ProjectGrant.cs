using System.Collections.Immutable;

namespace Orleans.Sessions.Projects;

/// <summary>A grant of a project to another organization, which can then give roles of the project to people.</summary>
/// <param name="OrganizationId">The organization to which the project is granted.</param>
/// <param name="Roles">The roles that the organization may give.</param>
/// <param name="IsInactive">Whether what the organization gives counts for nothing at present.</param>
/// <param name="CreatedAt">When the grant was made. It tells the grant from an earlier one to the same organization.</param>
/// <param name="ChangedAt">When the grant was last changed.</param>
[GenerateSerializer, Immutable, Alias("sessions.ProjectGrant")]
public sealed record ProjectGrant(
    [property: Id(0)] string OrganizationId,
    [property: Id(1)] ImmutableArray<GrantableRole> Roles,
    [property: Id(2)] bool IsInactive,
    [property: Id(3)] DateTimeOffset CreatedAt,
    [property: Id(4)] DateTimeOffset ChangedAt
)
{
    /// <summary>The role, if the organization may give it.</summary>
    public GrantableRole? FindRole(string key) => Roles.FirstOrDefault(role => role.Key == key);
}
