using System.Collections.Immutable;

namespace Orleans.Sessions.Projects;

/// <summary>A page of authorizations.</summary>
/// <param name="Rows">The authorizations.</param>
/// <param name="Projects">The projects that they are for.</param>
/// <param name="Total">The number of matches; above 10 000 it may be an estimate (<see cref="IsTotalExact"/>).</param>
[GenerateSerializer, Immutable, Alias("sessions.RoleAssignmentPage")]
public sealed record RoleAssignmentPage(
    [property: Id(0)] ImmutableArray<RoleAssignmentRow> Rows,
    [property: Id(1)] ImmutableArray<Project> Projects,
    [property: Id(2)] long Total
)
{
    /// <summary>Whether <see cref="Total"/> was counted.</summary>
    [Id(3)]
    public bool IsTotalExact { get; init; }
}
