using System.Collections.Immutable;

namespace Orleans.Sessions.Projects;

/// <summary>
/// How many applications of an organization a registry may have. The registry itself compares, when it adds one, so that simultaneous
/// creations do not exceed it.
/// </summary>
/// <param name="ProjectIds">The projects of the organization.</param>
/// <param name="Most">What the other registry leaves of the organization's share.</param>
[GenerateSerializer, Immutable, Alias("sessions.ApplicationShare")]
public sealed record ApplicationShare([property: Id(0)] ImmutableArray<string> ProjectIds, [property: Id(1)] int Most)
{
    /// <summary>Fails with <c>APP-Mx001</c> if no application can be added to these.</summary>
    /// <param name="projectIds">The projects of the other applications of the registry.</param>
    public void EnsureRoom(IEnumerable<string?> projectIds)
    {
        var own = ProjectIds.ToHashSet(StringComparer.Ordinal);
        if (projectIds.Count(projectId => projectId is not null && own.Contains(projectId)) >= Most)
        {
            throw new SessionException(SessionErrors.TooManyApplications);
        }
    }
}
