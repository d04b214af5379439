using System.Collections.Immutable;

namespace Orleans.Sessions.Projects;

/// <summary>A search for authorizations: all filters must match.</summary>
[GenerateSerializer, Immutable, Alias("sessions.RoleAssignmentQuery")]
public sealed record RoleAssignmentQuery
{
    /// <summary>The largest page.</summary>
    public const int MaxLimit = 1000;

    /// <summary>The filters.</summary>
    [Id(0)]
    public ImmutableArray<RoleAssignmentFilter> Filters { get; init; } = [];

    /// <summary>The field to sort by; equal ones are sorted by id.</summary>
    [Id(1)]
    public RoleAssignmentField SortBy { get; init; }

    /// <summary>Whether the order is ascending.</summary>
    [Id(2)]
    public bool Ascending { get; init; }

    /// <summary>How many matches to skip.</summary>
    [Id(3)]
    public long Offset { get; init; }

    /// <summary>The size of the page, 1 to <see cref="MaxLimit"/>.</summary>
    [Id(4)]
    public int Limit { get; init; } = 100;

    /// <summary>Whether all matches are to be counted, if a role lets the caller see authorizations of others.</summary>
    [Id(5)]
    public bool ExactTotal { get; init; }
}
