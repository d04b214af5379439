using System.Collections.Immutable;
using Orleans.Sessions.Projects;
using Orleans.Sessions.Secrets;

namespace Orleans.Sessions.Tests.Projects;

/// <summary>Roles that are set by person and project, without ids of authorizations, over a real database.</summary>
[Collection(nameof(StoredCluster))]
public sealed class UserRoleTests(StoredCluster cluster)
{
    private const string OrganizationId = SessionCluster.OrganizationId;
    private static readonly Caller s_owner = SessionCluster.CallerWith(
        organizationId: OrganizationId,
        there: Permission.ProjectRead
            | Permission.ProjectWrite
            | Permission.UserGrantRead
            | Permission.UserGrantWrite
            | Permission.UserGrantDelete
            | Permission.UserRead
    );
    private static readonly Caller s_stranger = s_owner with
    {
        OrganizationPermissions = [new OrganizationPermissions("org-9", s_owner.OrganizationPermissions[0].Permissions)],
    };

    private IProjectsGrain Projects => cluster.Grains.GetGrain<IProjectsGrain>(GrainKeys.Instance);

    [Fact]
    public async Task Roles_that_are_set_again_replace_the_earlier_ones_and_count()
    {
        var project = await ProjectAsync("admin", "reader");
        var user = await cluster.NewUserAsync();
        var first = await SetAsync(user, project, "admin");

        Assert.Equal(first.Id, (await SetAsync(user, project, "admin")).Id);
        Assert.Equal(first.Id, (await SetAsync(user, project, "reader")).Id);
        Assert.Equal(["reader"], await KeysAsync(user, s_owner));

        await Roles(user).SetActiveAsync(s_owner, first.Id, isActive: false);
        Assert.Empty(await Roles(user).ListAsync(s_owner));
        Assert.False((await SetAsync(user, project, "reader")).IsInactive);
        Assert.Equal(["reader"], await KeysAsync(user, s_owner));

        // Somebody without a role is authorized all the same.
        await SetAsync(user, project);
        Assert.Empty(Assert.Single(await Roles(user).ListAsync(s_owner)).Roles);
    }

    [Fact]
    public async Task Roles_are_not_set_without_the_right_or_for_what_is_not_there()
    {
        var project = await ProjectAsync("admin");
        var user = await cluster.NewUserAsync();

        foreach (var id in new[] { project.Id, "unknown" })
        {
            await FailsAsync(SessionErrors.PermissionMissing, () => SetAsync(s_stranger, user, id, null));
            await FailsAsync(SessionErrors.ProjectUnknown, () => SetAsync(s_stranger, user, id, "org-9"));
        }

        await FailsAsync(SessionErrors.PermissionMissing, () => SetAsync(s_owner, "nobody", project.Id, null));
        await FailsAsync(SessionErrors.UserNotFound, () => SetAsync(Caller.InCluster, "nobody", project.Id, null));
        await FailsAsync(SessionErrors.ProjectRoleUnknown, () => SetAsync(user, project, "no"));
        Assert.Empty(await Roles(user).ListAsync(s_owner));
    }

    [Fact]
    public async Task Roles_are_taken_away_by_who_gave_them_and_by_who_may_change_the_user()
    {
        var project = await ProjectAsync("admin");
        var user = await cluster.NewUserAsync();
        var keeper = SessionCluster.CallerWith(organizationId: OrganizationId, there: Permission.UserRead | Permission.UserWrite);
        await SetAsync(user, project, "admin");

        foreach (var caller in new[] { s_stranger, s_stranger with { UserId = user } })
        {
            foreach (var id in new[] { project.Id, "unknown" })
            {
                await FailsAsync(SessionErrors.PermissionMissing, () => Roles(user).RemoveOfProjectAsync(caller, id, null));
            }
        }

        Assert.Equal(["admin"], await KeysAsync(user, s_owner));
        Assert.NotNull(await Roles(user).RemoveOfProjectAsync(s_owner, project.Id, null));
        Assert.Null(await Roles(user).RemoveOfProjectAsync(s_owner, project.Id, null));
        Assert.Empty(await Roles(user).ListAsync(s_owner));

        await SetAsync(user, project, "admin");
        Assert.NotNull(await Roles(user).RemoveOfProjectAsync(keeper, project.Id, OrganizationId));
        Assert.Null(await Roles(user).RemoveOfProjectAsync(keeper, "unknown", null));
    }

    [Fact]
    public async Task Roles_of_a_user_who_was_deleted_in_between_cannot_be_changed_and_do_not_come_back()
    {
        var project = await ProjectAsync("admin");
        Func<IUserRolesGrain, string, Task>[] changes =
        [
            (roles, id) => roles.UpdateAsync(s_owner, id, []),
            (roles, id) => roles.UpdateAsync(s_owner, id, ["admin"]),
            (roles, id) => roles.SetActiveAsync(s_owner, id, isActive: false),
        ];
        foreach (var change in changes)
        {
            var user = await cluster.NewUserAsync();
            var assigned = await SetAsync(user, project, "admin");
            await cluster.User(user).DeleteAsync(Caller.InCluster);

            await FailsAsync(SessionErrors.RoleAssignmentUnknown, () => change(Roles(user), assigned.Id));

            Assert.Null(await LocateAsync(assigned.Id));
        }
    }

    [Fact]
    public async Task What_is_taken_from_a_user_who_was_deleted_brings_nothing_else_back()
    {
        var (project, other) = (await ProjectAsync("admin", "reader"), await ProjectAsync("admin"));
        var user = await cluster.NewUserAsync();
        var left = await SetAsync(user, project, "admin", "reader");
        await SetAsync(user, other, "admin");
        await cluster.User(user).DeleteAsync(Caller.InCluster);

        // The next write changes the authorization that is left: it has lost a role.
        await Projects.RemoveRoleAsync(s_owner, project.Id, "reader");
        Assert.NotNull(await Roles(user).RemoveOfProjectAsync(s_owner, other.Id, null));

        Assert.Null(await LocateAsync(left.Id));
    }

    [Fact]
    public async Task A_list_shows_what_the_reader_may_see_of_what_counts()
    {
        var project = await ProjectAsync("admin");
        var user = await cluster.NewUserAsync();
        await SetAsync(user, project, "admin");

        Assert.Equal(["admin"], await KeysAsync(user, s_owner));
        Assert.Equal(["admin"], await KeysAsync(user, SessionCluster.CallerWith() with { UserId = user }));
        Assert.Empty(await Roles(user).ListAsync(SessionCluster.CallerWith(everywhere: Permission.UserRead)));
        await FailsAsync(SessionErrors.PermissionMissing, () => Roles(user).ListAsync(s_stranger));
        await FailsAsync(SessionErrors.PermissionMissing, () => Roles("nobody").ListAsync(s_owner));
        await FailsAsync(SessionErrors.UserNotFound, () => Roles("nobody").ListAsync(Caller.InCluster));

        await Projects.SetActiveAsync(s_owner, project.Id, isActive: false);
        Assert.Empty(await Roles(user).ListAsync(s_owner));
    }

    [Fact]
    public async Task A_role_of_a_project_and_a_grant_are_set_whether_or_not_they_are_there()
    {
        var project = await ProjectAsync();
        var partner = RandomText.NewId();
        await cluster.Grains.GetGrain<IOrganizationsGrain>(GrainKeys.Instance).AddAsync(Caller.InCluster, partner, partner);

        var added = await Projects.SetRoleAsync(s_owner, project.Id, new ProjectRoleChange("admin", null, "staff"));
        var changed = await Projects.SetRoleAsync(s_owner, project.Id, new ProjectRoleChange("admin", "Admin", null));
        Assert.Equal(("admin", "staff"), (added.DisplayName, added.Group));
        Assert.Equal(added with { DisplayName = "Admin", ChangedAt = changed.ChangedAt }, changed);

        await Projects.SetGrantAsync(s_owner, project.Id, partner, ["admin"]);
        await Projects.SetGrantAsync(s_owner, project.Id, partner, []);
        Assert.Empty(Assert.Single((await Projects.GetAsync(s_owner, project.Id)).Grants).Roles);
        await FailsAsync(SessionErrors.ProjectRoleUnknown, () => Projects.SetGrantAsync(s_owner, project.Id, partner, ["no"]));
        await FailsAsync(SessionErrors.PermissionMissing, () => Projects.SetGrantAsync(s_stranger, project.Id, partner, []));
        await FailsAsync(SessionErrors.PermissionMissing, () =>
            Projects.SetRoleAsync(s_stranger, project.Id, new ProjectRoleChange("admin", null, null))
        );
    }

    private async Task<Project> ProjectAsync(params string[] roles)
    {
        var id = RandomText.NewId();
        var command = new NewProject
        {
            Id = id,
            OrganizationId = OrganizationId,
            Settings = new ProjectChange { Name = id },
        };
        var project = await Projects.CreateAsync(s_owner, command);
        foreach (var role in roles)
        {
            await Projects.SetRoleAsync(s_owner, project.Id, new ProjectRoleChange(role, role, null));
        }

        return project;
    }

    /// <summary>The user in the list who has the authorization; <c>null</c> if nobody has it there.</summary>
    private Task<string?> LocateAsync(string id) =>
        cluster.Grains.GetGrain<IRoleAssignmentsGrain>(0).LocateAsync(Caller.InCluster, Permission.UserGrantWrite, id);

    private IUserRolesGrain Roles(string userId) => cluster.Grains.GetGrain<IUserRolesGrain>(GrainKeys.User(userId));

    private Task<RoleAssignment> SetAsync(string userId, Project project, params ImmutableArray<string> keys) =>
        Roles(userId).SetAsync(s_owner, RandomText.NewId(), project.Id, null, keys);

    private Task<RoleAssignment> SetAsync(Caller caller, string userId, string projectId, string? organizationId) =>
        Roles(userId).SetAsync(caller, RandomText.NewId(), projectId, organizationId, ["admin"]);

    /// <summary>The user who has the authorization by the list; <c>null</c> if it is not in the list.</summary>
    private async Task<IEnumerable<string>> KeysAsync(string userId, Caller caller) =>
        (await Roles(userId).ListAsync(caller)).SelectMany(found => found.Roles.Select(role => role.Key));

    private static Task<SessionException> FailsAsync(SessionError error, Func<Task> call) => SessionCluster.FailsAsync(error, call);
}
