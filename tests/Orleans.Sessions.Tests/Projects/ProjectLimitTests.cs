using System.Collections.Immutable;
using Orleans.Sessions.Oidc;
using Orleans.Sessions.Projects;
using Orleans.Sessions.Secrets;

namespace Orleans.Sessions.Tests.Projects;

/// <summary>Closed organizations give nothing, and the administrators of one cannot harm those of another.</summary>
[Collection(nameof(StoredCluster))]
public sealed class ProjectLimitTests(StoredCluster cluster)
{
    private static readonly Caller s_admin = Caller.InCluster;

    private IProjectsGrain Projects => cluster.Grains.GetGrain<IProjectsGrain>(GrainKeys.Instance);

    private IApplicationsGrain Applications => cluster.Grains.GetGrain<IApplicationsGrain>(0);

    private IRoleAssignmentsGrain Assignments => cluster.Grains.GetGrain<IRoleAssignmentsGrain>(0);

    [Fact]
    public async Task A_closed_organization_gives_no_roles_and_runs_no_applications()
    {
        var (id, user) = (await NewOrganizationAsync(), await cluster.NewUserAsync());
        var (own, others) = (await NewProjectAsync(id), await NewProjectAsync(SessionCluster.OrganizationId));
        await Projects.AddGrantAsync(s_admin, others.Id, id, ["admin"]);
        var client = await Applications.CreateClientAsync(s_admin, NewClient(own), isIdChosen: true);
        var assigned = await AssignAsync(user, own, null);
        await AssignAsync(user, others, id);
        Assert.Equal([(own.Id, 1), (others.Id, 1)], await CountsAsync(user, own, others));
        var organization = cluster.Grains.GetGrain<IOrganizationGrain>(GrainKeys.Organization(id));

        await organization.DeactivateAsync(s_admin);

        Assert.Equal([(others.Id, 0)], await CountsAsync(user, own, others));
        Assert.True((await Projects.FindAsync(own.Id))!.IsInactive);
        var name = new ApplicationName(client.Id, null);
        foreach (
            var call in new Func<Task>[]
            {
                () => Roles(user).UpdateAsync(s_admin, assigned.Id, []),
                () => Roles(user).SetActiveAsync(s_admin, assigned.Id, isActive: false),
                async () => await AssignAsync(await cluster.NewUserAsync(), own, null),
                async () => await AssignAsync(await cluster.NewUserAsync(), others, id),
                () => Projects.UpdateAsync(s_admin, own.Id, new ProjectChange { Name = RandomText.NewId() }),
                () => Projects.AddGrantAsync(s_admin, own.Id, SessionCluster.OrganizationId, []),
                () => Applications.CreateClientAsync(s_admin, NewClient(own), isIdChosen: true),
                () => Applications.RenameAsync(s_admin, name, "new"),
                async () => await NewProjectAsync(id),
            }
        )
        {
            await SessionCluster.FailsAsync(SessionErrors.ProjectOrganizationInactive, call);
        }

        await organization.ActivateAsync(s_admin);
        Assert.Equal([(own.Id, 1), (others.Id, 1)], await CountsAsync(user, own, others));

        await organization.DeleteAsync(s_admin);

        Assert.Equal([(others.Id, 0)], await CountsAsync(user, own, others));
        Assert.Null(await Projects.FindAsync(own.Id));
        Assert.Empty((await Projects.FindAsync(others.Id))!.Grants);
        Assert.False(await cluster.Grains.GetGrain<IOidcClientsGrain>(GrainKeys.OidcClients).HasAsync(client.Id));
        Assert.Empty((await SearchAsync(s_admin, new RoleAssignmentFilter.OfUsers([user]))).Rows);
    }

    [Fact]
    public async Task An_organization_has_a_share_of_the_applications()
    {
        var id = await NewOrganizationAsync();
        var project = await NewProjectAsync(id);
        var owner = SessionCluster.CallerWith(organizationId: id, there: Permission.ProjectWrite);
        var large = NewClient(project) with
        {
            RedirectUris = [.. Enumerable.Range(0, 10).Select(i => $"https://app{i}.example/{new string('x', 1900)}")],
        };
        await SessionCluster.FailsAsync(SessionErrors.ClientTooLarge, () =>
            Applications.CreateClientAsync(owner, large, isIdChosen: false)
        );
        for (var i = 0; i < IProjectsGrain.MaxOfOrganization; i++)
        {
            await Applications.CreateClientAsync(owner, NewClient(project), isIdChosen: false);
        }

        await SessionCluster.FailsAsync(SessionErrors.TooManyApplications, () =>
            Applications.CreateClientAsync(owner, NewClient(project), isIdChosen: false)
        );
        await Applications.CreateClientAsync(s_admin, NewClient(project), isIdChosen: false);
        await Projects.DeleteAsync(s_admin, project.Id);
    }

    [Fact]
    public async Task Simultaneous_applications_do_not_exceed_the_share_and_the_last_one_is_answered_again()
    {
        var id = await NewOrganizationAsync();
        var project = await NewProjectAsync(id);
        var owner = SessionCluster.CallerWith(organizationId: id, there: Permission.ProjectWrite);
        var clients = Enumerable.Range(0, IProjectsGrain.MaxOfOrganization + 10).Select(_ => NewClient(project)).ToList();

        var made = await Task.WhenAll(clients.Select(IsMadeAsync));

        Assert.Equal(IProjectsGrain.MaxOfOrganization, made.Count(isMade => isMade));
        Assert.True(await IsMadeAsync(clients[Array.IndexOf(made, true)]));
        await Projects.DeleteAsync(s_admin, project.Id);

        async Task<bool> IsMadeAsync(OidcClient client)
        {
            try
            {
                await Applications.CreateClientAsync(owner, client, isIdChosen: false);
                return true;
            }
            catch (SessionException refused) when (refused.Error == SessionErrors.TooManyApplications)
            {
                return false;
            }
        }
    }

    [Fact]
    public async Task Who_may_change_a_user_takes_away_what_others_have_given()
    {
        var (id, user) = (await NewOrganizationAsync(), await cluster.NewUserAsync());
        var assigned = await AssignAsync(user, await NewProjectAsync(id), null);
        var manager = SessionCluster.CallerWith(organizationId: SessionCluster.OrganizationId, there: Permission.UserWrite);
        var other = SessionCluster.CallerWith(organizationId: "org-9", there: Permission.UserWrite);

        foreach (var caller in new[] { other, SessionCluster.CallerWith() with { UserId = user } })
        {
            await SessionCluster.FailsAsync(SessionErrors.PermissionMissing, () => Roles(user).RemoveAsync(caller, assigned.Id));
        }

        Assert.Equal(user, await Assignments.LocateAsync(manager, Permission.UserGrantDelete, assigned.Id));
        Assert.NotNull(await Roles(user).RemoveAsync(manager, assigned.Id));
    }

    [Fact]
    public async Task A_search_leaves_out_names_that_the_caller_may_not_read()
    {
        var (id, user) = (await NewOrganizationAsync(), await cluster.NewUserAsync());
        await AssignAsync(user, await NewProjectAsync(id), null);
        var blind = SessionCluster.CallerWith(organizationId: id, there: Permission.UserGrantRead);
        var seeing = blind with
        {
            OrganizationPermissions = blind.OrganizationPermissions.Add(new(SessionCluster.OrganizationId, Permission.UserRead)),
        };
        var byName = new RoleAssignmentFilter.DisplayName("Ada", TextMethod.StartsWith);

        Assert.Equal(("", ""), Names(Assert.Single((await SearchAsync(blind)).Rows)));
        Assert.NotEqual(("", ""), Names(Assert.Single((await SearchAsync(seeing, byName)).Rows)));
        Assert.Empty((await SearchAsync(blind, byName)).Rows);
        Assert.True((await SearchAsync(blind)).IsTotalExact);
    }

    private static (string, string) Names(RoleAssignmentRow row) => (row.LoginName, row.DisplayName);

    private static OidcClient NewClient(Project project) =>
        new()
        {
            Id = RandomText.NewId(),
            ProjectId = project.Id,
            RedirectUris = ["https://app.example/"],
        };

    private Task<RoleAssignmentPage> SearchAsync(Caller caller, params ImmutableArray<RoleAssignmentFilter> filters) =>
        Assignments.SearchAsync(caller, new RoleAssignmentQuery { Filters = filters });

    private async Task<string> NewOrganizationAsync()
    {
        var id = RandomText.NewId();
        await cluster.Grains.GetGrain<IOrganizationsGrain>(GrainKeys.Instance).AddAsync(s_admin, id, id);
        return id;
    }

    private async Task<Project> NewProjectAsync(string organizationId)
    {
        var id = RandomText.NewId();
        var project = await Projects.CreateAsync(
            s_admin,
            new NewProject
            {
                Id = id,
                OrganizationId = organizationId,
                Settings = new ProjectChange { Name = id },
            }
        );
        await Projects.AddRoleAsync(s_admin, id, new ProjectRoleChange("admin", "Admin", null));
        return project;
    }

    private IUserRolesGrain Roles(string userId) => cluster.Grains.GetGrain<IUserRolesGrain>(GrainKeys.User(userId));

    private Task<RoleAssignment> AssignAsync(string userId, Project project, string? organizationId) =>
        Roles(userId).AssignAsync(s_admin, RandomText.NewId(), project.Id, organizationId, ["admin"]);

    private async Task<IEnumerable<(string, int)>> CountsAsync(string userId, params ImmutableArray<Project> projects) =>
        (await Roles(userId).GetAsync([.. projects.Select(project => project.Id)])).Select(found => (found.ProjectId, found.Roles.Length));
}
