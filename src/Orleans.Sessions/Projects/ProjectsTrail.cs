using Orleans.Sessions.Audit;

namespace Orleans.Sessions.Projects;

/// <summary>What changes of the projects mean for the audit trail.</summary>
internal static class ProjectsTrail
{
    public static IEnumerable<AuditEvent> Of(StateChange<ProjectsRecord> change)
    {
        var had = (change.Before?.Projects.Values ?? []).ToDictionary(project => project.Id, StringComparer.Ordinal);
        foreach (var project in change.After.Projects.Values)
        {
            if (!had.Remove(project.Id, out var known))
            {
                yield return Of(AuditKinds.ProjectCreated, project) with
                {
                    Detail = project.Name,
                };
            }
            else if (!ReferenceEquals(known, project))
            {
                yield return Of(AuditKinds.ProjectChanged, project) with
                {
                    Detail = string.Join(", ", Changes(known, project)),
                };
            }
        }

        foreach (var project in had.Values)
        {
            yield return Of(AuditKinds.ProjectDeleted, project) with
            {
                Detail = project.Name,
            };
        }
    }

    private static IEnumerable<string> Changes(Project before, Project after)
    {
        if (before with { ChangedAt = default, Roles = [], Grants = [] } != after with { ChangedAt = default, Roles = [], Grants = [] })
        {
            yield return before.IsInactive == after.IsInactive ? "settings"
            : after.IsInactive ? "deactivated"
            : "activated";
        }

        foreach (var key in Differing(before.Roles, after.Roles, role => role.Key))
        {
            yield return $"role {key}{(before.FindRole(key) is null ? " added" : after.FindRole(key) is null ? " removed" : "")}";
        }

        foreach (var id in Differing(before.Grants, after.Grants, grant => grant.OrganizationId))
        {
            yield return $"grant to {id}{(before.FindGrant(id) is null ? " added" : after.FindGrant(id) is null ? " removed" : "")}";
        }
    }

    private static IEnumerable<string> Differing<T>(IEnumerable<T> before, IEnumerable<T> after, Func<T, string> key)
        where T : class => after.Except(before).Concat(before.Except(after)).Select(key).Distinct(StringComparer.Ordinal);

    private static AuditEvent Of(AuditKind kind, Project project) =>
        new(kind)
        {
            TargetKind = "project",
            TargetId = project.Id,
            OrganizationId = project.OrganizationId,
        };
}
