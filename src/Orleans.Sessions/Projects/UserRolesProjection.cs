using Orleans.Sessions.States;

namespace Orleans.Sessions.Projects;

/// <summary>What the database must know about the roles of a user.</summary>
internal static class UserRolesProjection
{
    public static Projection Of(UserRolesRecord? before, UserRolesRecord after)
    {
        var had = (before?.Assignments ?? []).ToDictionary(assignment => assignment.Id, StringComparer.Ordinal);
        var written = after
            .Assignments.Where(assignment => !had.Remove(assignment.Id, out var known) || !ReferenceEquals(known, assignment))
            .Select(assignment => (StateEffect)new RolesAssigned(assignment))
            .ToList();
        return new Projection(NoColumns.Instance, [.. had.Keys.Select(id => new RolesUnassigned(id)), .. written]);
    }
}
