using System.Collections.Immutable;

namespace Orleans.Sessions.Projects;

/// <summary>The roles of a user in projects, in their stored form. New versions only add optional properties.</summary>
internal sealed record UserRolesRecord
{
    /// <summary>The authorizations, oldest first. Some may no longer count (<see cref="RoleAssignmentRules.Standing"/>).</summary>
    public ImmutableArray<RoleAssignment> Assignments { get; init; } = [];
}
