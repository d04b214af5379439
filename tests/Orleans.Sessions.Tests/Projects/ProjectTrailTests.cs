using System.Collections.Immutable;
using Orleans.Sessions.Audit;
using Orleans.Sessions.Projects;
using Orleans.Sessions.States;

namespace Orleans.Sessions.Tests.Projects;

/// <summary>What the audit trail and the database are told of projects and of the roles of a user.</summary>
public sealed class ProjectTrailTests
{
    private static readonly DateTimeOffset s_now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly Project s_project = new()
    {
        Id = "p",
        OrganizationId = "o",
        Name = "P",
        CreatedAt = s_now,
    };
    private static readonly RoleAssignment s_assignment = new()
    {
        Id = "a",
        ProjectId = "p",
        ProjectCreatedAt = s_now,
        OrganizationId = "o",
        Roles = [new AssignedRole("admin", s_now)],
    };

    [Fact]
    public void A_project_is_told_from_its_creation_to_its_end()
    {
        var role = new ProjectRole("admin", "Admin", "", s_now, s_now);
        var grant = new ProjectGrant("q", [], IsInactive: false, s_now, s_now);

        Assert.Equal((AuditKinds.ProjectCreated, "P"), One(Record(), Record(s_project)));
        Assert.Equal((AuditKinds.ProjectChanged, "settings"), One(Record(s_project), Record(s_project with { AssertRoles = true })));
        Assert.Equal((AuditKinds.ProjectChanged, "deactivated"), One(Record(s_project), Record(s_project with { IsInactive = true })));
        Assert.Equal(
            (AuditKinds.ProjectChanged, "role admin added, grant to q added"),
            One(Record(s_project), Record(s_project with { Roles = [role], Grants = [grant] }))
        );
        Assert.Equal(
            (AuditKinds.ProjectChanged, "role admin removed"),
            One(Record(s_project with { Roles = [role] }), Record(s_project with { ChangedAt = s_now }))
        );
        Assert.Equal((AuditKinds.ProjectDeleted, "P"), One(Record(s_project), Record()));
    }

    [Fact]
    public void Roles_of_a_user_are_told_when_they_come_change_and_go()
    {
        var key = GrainKeys.User("u");
        var (none, some) = (new UserRolesRecord(), new UserRolesRecord { Assignments = [s_assignment] });
        var changed = new UserRolesRecord { Assignments = [s_assignment with { IsInactive = true }] };

        var assigned = Assert.Single(UserRolesTrail.Of(new(key, null, some, null)));
        Assert.Equal((AuditKinds.ProjectRolesAssigned, "u", "o"), (assigned.Kind, assigned.TargetId, assigned.OrganizationId));
        Assert.Equal("authorization a for project p: admin", assigned.Detail);
        Assert.Equal(AuditKinds.ProjectRolesChanged, Assert.Single(UserRolesTrail.Of(new(key, some, changed, null))).Kind);
        Assert.Equal(AuditKinds.ProjectRolesRemoved, Assert.Single(UserRolesTrail.Of(new(key, some, none, null))).Kind);
        Assert.Empty(UserRolesTrail.Of(new(key, some, some, null)));
    }

    [Fact]
    public void The_database_gets_the_rows_that_differ()
    {
        var other = s_assignment with { Id = "b" };
        var before = new UserRolesRecord { Assignments = [s_assignment, other] };
        var after = new UserRolesRecord { Assignments = [other, s_assignment with { Id = "c" }] };

        Assert.Equal([new RolesUnassigned("a"), new RolesAssigned(after.Assignments[1])], UserRolesProjection.Of(before, after).Effects);
    }

    private static ProjectsRecord Record(params Project[] projects) =>
        new() { Projects = projects.ToImmutableSortedDictionary(project => project.Id, project => project, StringComparer.Ordinal) };

    private static (AuditKind, string?) One(ProjectsRecord before, ProjectsRecord after)
    {
        var told = Assert.Single(ProjectsTrail.Of(new("k", before, after, null)));
        Assert.Equal(("project", "p", "o"), (told.TargetKind, told.TargetId, told.OrganizationId));
        return (told.Kind, told.Detail);
    }
}
