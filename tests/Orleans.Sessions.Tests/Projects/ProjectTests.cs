using System.Collections.Immutable;
using Orleans.Sessions.Oidc;
using Orleans.Sessions.Projects;
using Orleans.Sessions.Secrets;

namespace Orleans.Sessions.Tests.Projects;

/// <summary>Projects, their roles, and who has them, over a real database.</summary>
[Collection(nameof(StoredCluster))]
public sealed class ProjectTests(StoredCluster cluster)
{
    private const string OrganizationId = SessionCluster.OrganizationId;
    private static readonly Caller s_admin = Caller.InCluster;
    private static readonly Caller s_owner = SessionCluster.CallerWith(
        organizationId: OrganizationId,
        there: Permission.ProjectRead
            | Permission.ProjectWrite
            | Permission.ProjectDelete
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

    private IOidcClientsGrain Clients => cluster.Grains.GetGrain<IOidcClientsGrain>(GrainKeys.OidcClients);

    private IRoleAssignmentsGrain Assignments => cluster.Grains.GetGrain<IRoleAssignmentsGrain>(0);

    private IApplicationsGrain Applications => cluster.Grains.GetGrain<IApplicationsGrain>(0);

    [Fact]
    public async Task A_project_is_created_once_and_its_name_is_taken()
    {
        var command = New();
        var created = await Projects.CreateAsync(s_owner, command);

        Assert.Equal(created.CreatedAt, (await Projects.CreateAsync(s_owner, command)).CreatedAt);
        await FailsAsync(SessionErrors.ProjectExists, () => Projects.CreateAsync(s_owner, command with { Id = RandomText.NewId() }));
        await FailsAsync(SessionErrors.ProjectExists, () =>
            Projects.CreateAsync(s_owner, command with { Settings = new ProjectChange { Name = RandomText.NewId() } })
        );
        await FailsAsync(SessionErrors.ProjectOrganizationUnknown, () =>
            Projects.CreateAsync(s_admin, New() with { OrganizationId = "no" })
        );
        await FailsAsync(SessionErrors.ProjectIdInvalid, () => Projects.CreateAsync(s_admin, New() with { Id = OidcScopes.Api }));
        await FailsAsync(SessionErrors.ProjectNameInvalid, () =>
            Projects.CreateAsync(s_owner, New() with { Settings = new ProjectChange { Name = "a\nb" } })
        );
    }

    [Fact]
    public async Task Only_who_may_write_projects_everywhere_chooses_an_id()
    {
        await FailsAsync(SessionErrors.PermissionMissing, () => Projects.CreateAsync(s_owner, New() with { IsIdChosen = true }));
        await Projects.CreateAsync(s_admin, New() with { IsIdChosen = true });
    }

    [Fact]
    public async Task A_project_and_a_client_never_share_an_id()
    {
        var client = await Clients.CreateAsync(
            s_admin,
            new OidcClient
            {
                Id = RandomText.NewId(),
                GrantTypes = [],
                RedirectUris = [],
            }
        );
        var project = await ProjectAsync();

        await FailsAsync(SessionErrors.ProjectExists, () => Projects.CreateAsync(s_admin, New() with { Id = client.Id }));
        await FailsAsync(SessionErrors.ClientExists, () => Clients.CreateAsync(
                s_admin,
                new OidcClient
                {
                    Id = project.Id,
                    GrantTypes = [],
                    RedirectUris = [],
                }
            ));
    }

    [Fact]
    public async Task A_project_of_another_organization_cannot_be_told_from_none()
    {
        var project = await ProjectAsync("admin");
        var user = await cluster.NewUserAsync();

        foreach (var id in new[] { project.Id, "unknown" })
        {
            await FailsAsync(SessionErrors.PermissionMissing, () => Projects.GetAsync(s_stranger, id));
            await FailsAsync(SessionErrors.PermissionMissing, () => Projects.UpdateAsync(s_stranger, id, new ProjectChange()));
            await FailsAsync(SessionErrors.PermissionMissing, () => Projects.DeleteAsync(s_stranger, id));
            await FailsAsync(SessionErrors.PermissionMissing, () => Projects.RemoveRoleAsync(s_stranger, id, "admin"));
            await FailsAsync(SessionErrors.PermissionMissing, () =>
                Roles(user).AssignAsync(s_stranger, RandomText.NewId(), id, null, ["admin"])
            );
            await FailsAsync(SessionErrors.ProjectUnknown, () =>
                Roles(user).AssignAsync(s_stranger, RandomText.NewId(), id, "org-9", ["admin"])
            );
        }

        Assert.DoesNotContain(await Projects.ListAsync(s_stranger), known => known.Id == project.Id);
        Assert.Contains(await Projects.ListAsync(s_owner), known => known.Id == project.Id);
    }

    [Fact]
    public async Task Roles_count_from_the_moment_they_are_given_until_they_are_taken()
    {
        var project = await ProjectAsync("admin", "reader");
        var user = await cluster.NewUserAsync();
        var assigned = await AssignAsync(user, project, "admin");

        Assert.Equal(["admin"], await KeysAsync(user, project));
        await Roles(user).UpdateAsync(s_owner, assigned.Id, ["reader"]);
        Assert.Equal(["reader"], await KeysAsync(user, project));
        await Roles(user).SetActiveAsync(s_owner, assigned.Id, isActive: false);
        Assert.Empty(await KeysAsync(user, project));
        await FailsAsync(SessionErrors.RoleAssignmentInactiveAlready, () =>
            Roles(user).SetActiveAsync(s_owner, assigned.Id, isActive: false)
        );
        await Roles(user).SetActiveAsync(s_owner, assigned.Id, isActive: true);
        await Projects.SetActiveAsync(s_owner, project.Id, isActive: false);
        Assert.Empty(await KeysAsync(user, project));
        await Projects.SetActiveAsync(s_owner, project.Id, isActive: true);
        Assert.Equal(["reader"], await KeysAsync(user, project));

        Assert.NotNull(await Roles(user).RemoveAsync(s_owner, assigned.Id));

        Assert.Empty(await KeysAsync(user, project));
        Assert.Null(await Roles(user).RemoveAsync(s_admin, assigned.Id));
        Assert.Null(await Assignments.LocateAsync(s_admin, Permission.UserGrantRead, assigned.Id));
    }

    [Fact]
    public async Task A_user_has_one_authorization_of_an_organization_for_a_project()
    {
        var project = await ProjectAsync("admin");
        var user = await cluster.NewUserAsync();
        var assigned = await AssignAsync(user, project, "admin");

        Assert.Equal(
            assigned with
            {
                Roles = [],
            },
            await Roles(user).AssignAsync(s_owner, assigned.Id, project.Id, null, ["admin"]) with
            {
                Roles = [],
            }
        );
        await FailsAsync(SessionErrors.RoleAssignmentExists, () => AssignAsync(user, project, "admin"));
        await FailsAsync(SessionErrors.ProjectRoleUnknown, () => Roles(user).UpdateAsync(s_owner, assigned.Id, ["no"]));
        await FailsAsync(SessionErrors.PermissionMissing, () => AssignAsync("nobody", project, "admin"));
        await FailsAsync(SessionErrors.UserNotFound, () =>
            Roles("nobody").AssignAsync(s_admin, RandomText.NewId(), project.Id, null, ["admin"])
        );
    }

    [Fact]
    public async Task A_removed_role_is_gone_and_does_not_come_back_under_its_name()
    {
        var project = await ProjectAsync("admin", "reader");
        var user = await cluster.NewUserAsync();
        var assigned = await AssignAsync(user, project, "admin", "reader");

        await Projects.RemoveRoleAsync(s_owner, project.Id, "admin");

        Assert.Equal(["reader"], await KeysAsync(user, project));
        Assert.Equal(["reader"], Assert.Single(await FoundAsync(project)).RoleKeys);
        Assert.Empty(await FoundAsync(project, new RoleAssignmentFilter.Role("admin", TextMethod.Equals)));
        await Projects.AddRoleAsync(s_owner, project.Id, new ProjectRoleChange("admin", "Admin", null));
        Assert.Equal(["reader"], await KeysAsync(user, project));
        await Roles(user).UpdateAsync(s_owner, assigned.Id, ["admin"]);
        Assert.Equal(["admin"], await KeysAsync(user, project));
    }

    [Fact]
    public async Task A_deleted_project_takes_its_authorizations_and_applications_with_it()
    {
        var project = await ProjectAsync("admin");
        var user = await cluster.NewUserAsync();
        await AssignAsync(user, project, "admin");
        var client = await Applications.CreateClientAsync(
            s_owner,
            new OidcClient
            {
                Id = RandomText.NewId(),
                ProjectId = project.Id,
                RedirectUris = ["https://app.example/"],
            },
            isIdChosen: false
        );

        Assert.NotNull(await Projects.DeleteAsync(s_owner, project.Id));

        Assert.Empty(await KeysAsync(user, project));
        Assert.Empty(await FoundAsync(project));
        Assert.False(await Clients.HasAsync(client.Id));
        Assert.Null(await Projects.DeleteAsync(s_admin, project.Id));

        // The same id again is another project.
        await Projects.CreateAsync(s_admin, New() with { Id = project.Id });
        await Projects.AddRoleAsync(s_admin, project.Id, new ProjectRoleChange("admin", "Admin", null));
        Assert.Empty(await KeysAsync(user, project));
    }

    [Fact]
    public async Task A_deleted_user_is_not_in_the_list()
    {
        var project = await ProjectAsync("admin");
        var (gone, left) = (await cluster.NewUserAsync(), await cluster.NewUserAsync());
        await AssignAsync(gone, project, "admin");
        await AssignAsync(left, project, "admin");

        await cluster.User(gone).DeleteAsync(s_admin);

        Assert.Equal([left], (await FoundAsync(project)).Select(row => row.UserId));
        Assert.Empty((await Assignments.SearchAsync(s_stranger, new RoleAssignmentQuery())).Rows);
        await FailsAsync(SessionErrors.UserNotFound, () => AssignAsync(gone, project, "admin"));
    }

    [Fact]
    public async Task Another_organization_gives_the_roles_of_its_grant_to_its_people()
    {
        var partner = RandomText.NewId();
        await cluster.Grains.GetGrain<IOrganizationsGrain>(GrainKeys.Instance).AddAsync(s_admin, partner, partner);
        var manager = SessionCluster.CallerWith(
            organizationId: partner,
            there: Permission.ProjectRead | Permission.UserGrantWrite | Permission.UserGrantRead
        );
        var blind = manager;
        manager = manager with { OrganizationPermissions = manager.OrganizationPermissions.Add(new(OrganizationId, Permission.UserRead)) };
        var project = await ProjectAsync("admin", "reader");
        var user = await cluster.NewUserAsync();
        await FailsAsync(SessionErrors.ProjectUnknown, () =>
            Roles(user).AssignAsync(manager, RandomText.NewId(), project.Id, partner, ["reader"])
        );

        await Projects.AddGrantAsync(s_owner, project.Id, partner, ["reader"]);

        Assert.Equal([partner], (await Projects.GetAsync(manager, project.Id)).Grants.Select(grant => grant.OrganizationId));
        await FailsAsync(SessionErrors.ProjectRoleUnknown, () =>
            Roles(user).AssignAsync(manager, RandomText.NewId(), project.Id, partner, ["admin"])
        );
        foreach (var id in new[] { user, "nobody" })
        {
            await FailsAsync(SessionErrors.PermissionMissing, () =>
                Roles(id).AssignAsync(blind, RandomText.NewId(), project.Id, partner, ["reader"])
            );
        }

        await Roles(user).AssignAsync(manager, RandomText.NewId(), project.Id, partner, ["reader"]);
        Assert.Equal(["reader"], await KeysAsync(user, project));
        await FailsAsync(SessionErrors.PermissionMissing, () =>
            Roles(user).AssignAsync(manager, RandomText.NewId(), project.Id, OrganizationId, ["reader"])
        );

        await Projects.SetGrantActiveAsync(s_owner, project.Id, partner, isActive: false);
        Assert.Empty(await KeysAsync(user, project));
        await Projects.SetGrantActiveAsync(s_owner, project.Id, partner, isActive: true);
        await Projects.UpdateGrantAsync(s_owner, project.Id, partner, []);
        await Projects.UpdateGrantAsync(s_owner, project.Id, partner, ["reader"]);
        Assert.Empty(await KeysAsync(user, project));
        Assert.Equal([partner], (await FoundAsync(project)).Select(row => row.OrganizationId));
        await Projects.RemoveGrantAsync(s_owner, project.Id, partner);
        Assert.Empty(await FoundAsync(project));
    }

    [Fact]
    public async Task Applications_are_for_the_administrators_of_their_projects_organization()
    {
        var project = await ProjectAsync();
        var client = new OidcClient
        {
            Id = RandomText.NewId(),
            ProjectId = project.Id,
            RedirectUris = ["https://app.example/"],
        };
        var name = new ApplicationName(client.Id, null);
        await FailsAsync(SessionErrors.PermissionMissing, () => Applications.CreateClientAsync(s_stranger, client, isIdChosen: false));
        await FailsAsync(SessionErrors.PermissionMissing, () => Applications.CreateClientAsync(s_owner, client, isIdChosen: true));
        await Applications.CreateClientAsync(s_owner, client, isIdChosen: false);

        await FailsAsync(SessionErrors.PermissionMissing, () => Applications.GetAsync(s_stranger, client.Id));
        await FailsAsync(SessionErrors.PermissionMissing, () => Applications.DeleteAsync(s_stranger, name));
        Assert.DoesNotContain(await Applications.ListAsync(s_stranger), known => known.Id == client.Id);
        Assert.Contains(await Applications.ListAsync(s_owner), known => known.Id == client.Id);
        await FailsAsync(SessionErrors.ApplicationUnknown, () =>
            Applications.SetActiveAsync(s_admin, name with { ProjectId = "other" }, isActive: false)
        );

        await Applications.SetActiveAsync(s_owner, name, isActive: false);
        Assert.Null(await Clients.FindAsync(client.Id));
        await FailsAsync(SessionErrors.ApplicationInactiveAlready, () => Applications.SetActiveAsync(s_owner, name, isActive: false));
        await Applications.SetActiveAsync(s_owner, name, isActive: true);
        Assert.NotNull(await Clients.FindAsync(client.Id));
        await FailsAsync(SessionErrors.ApplicationWithoutSecret, () => Applications.SetSecretAsync(s_owner, name, [.. new byte[32]]));

        // The client's own service replaces its settings, but not what belongs to its project.
        await Clients.UpdateAsync(s_admin, new OidcClient { Id = client.Id, RedirectUris = ["https://other.example/"] });
        Assert.Equal(project.Id, (await Clients.FindAsync(client.Id))!.ProjectId);
        Assert.NotNull(await Applications.DeleteAsync(s_owner, name));
        Assert.Null(await Applications.DeleteAsync(s_admin, name));
    }

    private static NewProject New()
    {
        var id = RandomText.NewId();
        return new()
        {
            Id = id,
            OrganizationId = OrganizationId,
            Settings = new ProjectChange { Name = id },
        };
    }

    private async Task<Project> ProjectAsync(params string[] roles)
    {
        var project = await Projects.CreateAsync(s_owner, New());
        foreach (var role in roles)
        {
            await Projects.AddRoleAsync(s_owner, project.Id, new ProjectRoleChange(role, role, null));
        }

        return project;
    }

    private IUserRolesGrain Roles(string userId) => cluster.Grains.GetGrain<IUserRolesGrain>(GrainKeys.User(userId));

    private Task<RoleAssignment> AssignAsync(string userId, Project project, params ImmutableArray<string> keys) =>
        Roles(userId).AssignAsync(s_owner, RandomText.NewId(), project.Id, null, keys);

    private async Task<IEnumerable<string>> KeysAsync(string userId, Project project) =>
        (await Roles(userId).GetAsync([project.Id])).SelectMany(found => found.Roles.Select(role => role.Key));

    private async Task<ImmutableArray<RoleAssignmentRow>> FoundAsync(Project project, params RoleAssignmentFilter[] filters)
    {
        var query = new RoleAssignmentQuery { Filters = [new RoleAssignmentFilter.OfProjects([project.Id]), .. filters] };
        return (await Assignments.SearchAsync(s_admin, query)).Rows;
    }

    private static Task<SessionException> FailsAsync(SessionError error, Func<Task> call) => SessionCluster.FailsAsync(error, call);
}
