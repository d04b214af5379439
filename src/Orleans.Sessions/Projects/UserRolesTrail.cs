using Orleans.Sessions.Audit;

namespace Orleans.Sessions.Projects;

/// <summary>What changes of the roles of a user in projects mean for the audit trail.</summary>
internal static class UserRolesTrail
{
    public static IEnumerable<AuditEvent> Of(StateChange<UserRolesRecord> change)
    {
        var had = (change.Before?.Assignments ?? []).ToDictionary(assignment => assignment.Id, StringComparer.Ordinal);
        foreach (var assignment in change.After.Assignments)
        {
            if (!had.Remove(assignment.Id, out var known))
            {
                yield return Of(AuditKinds.ProjectRolesAssigned, change.Key, assignment);
            }
            else if (!ReferenceEquals(known, assignment))
            {
                yield return Of(AuditKinds.ProjectRolesChanged, change.Key, assignment);
            }
        }

        foreach (var assignment in had.Values)
        {
            yield return Of(AuditKinds.ProjectRolesRemoved, change.Key, assignment);
        }
    }

    private static AuditEvent Of(AuditKind kind, string key, RoleAssignment assignment) =>
        AuditEvent.OfUser(kind, GrainKeys.Id(key), assignment.OrganizationId) with
        {
            Detail =
                $"authorization {assignment.Id} for project {assignment.ProjectId}{(assignment.IsInactive ? ", inactive" : "")}: "
                + string.Join(' ', assignment.Roles.Select(role => role.Key)),
        };
}
