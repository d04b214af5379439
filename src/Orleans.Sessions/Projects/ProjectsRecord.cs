using System.Collections.Immutable;

namespace Orleans.Sessions.Projects;

/// <summary>The projects in their stored form. New versions only add optional properties.</summary>
internal sealed record ProjectsRecord
{
    /// <summary>The projects, ordered by id.</summary>
    public ImmutableSortedDictionary<string, Project> Projects { get; init; } =
        ImmutableSortedDictionary.Create<string, Project>(StringComparer.Ordinal);

    /// <summary>
    /// The time of the last change. Every change has a later time than the one before, because the time of creation tells things from
    /// earlier ones with the same name.
    /// </summary>
    public DateTimeOffset ChangedAt { get; init; }

    /// <summary>What was removed and may still be in the list of authorizations; <c>null</c> means nothing.</summary>
    public ImmutableArray<UnsettledRemoval>? Unsettled { get; init; }
}
