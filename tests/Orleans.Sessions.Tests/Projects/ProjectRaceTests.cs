using System.Collections.Immutable;
using Orleans.Core.Internal;
using Orleans.Runtime;
using Orleans.Sessions.Oidc;
using Orleans.Sessions.Oidc.Clients;
using Orleans.Sessions.Projects;
using Orleans.Sessions.Saml;
using static Orleans.Sessions.Tests.Harness.SessionCluster;

namespace Orleans.Sessions.Tests.Projects;

/// <summary>Projects and applications that are made and deleted at the same time.</summary>
public sealed class ProjectRaceTests(ProjectRaceTests.Cluster cluster) : IClassFixture<ProjectRaceTests.Cluster>
{
    private static readonly Caller s_admin = Caller.InCluster;

    private IProjectsGrain Projects => cluster.Grains.GetGrain<IProjectsGrain>(GrainKeys.Instance);

    private IOidcClientsGrain Clients => cluster.Grains.GetGrain<IOidcClientsGrain>(GrainKeys.OidcClients);

    private IServiceProvidersGrain Providers => cluster.Grains.GetGrain<IServiceProvidersGrain>(GrainKeys.SamlServiceProviders);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_application_that_is_added_while_its_project_goes_is_refused_and_does_not_stay(bool isClient)
    {
        var (project, id) = (await CreateProjectAsync(NewName("project")), NewName("application"));
        Task? deleting = null;
        await WithAsync(
            async call =>
            {
                await call.Invoke();
                if (deleting is null && Is<IProjectsGrain>(call, nameof(IProjectsGrain.FindAsync)))
                {
                    deleting = Projects.DeleteAsync(s_admin, project.Id);
                    await cluster.Store.WaitForAsync(_ => !StoredProjects().Projects.ContainsKey(project.Id));
                }
            },
            () =>
                FailsAsync(SessionErrors.ProjectUnknown, () => isClient ? AddClientAsync(id, project.Id) : AddProviderAsync(id, project.Id))
        );

        await deleting!;
        Assert.Null(await Clients.TryGetAsync(id));
        Assert.Null(await Providers.TryGetAsync(id));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Roles_that_are_given_while_their_project_or_grant_goes_are_refused_and_do_not_stay(bool isProject)
    {
        var (project, partner) = (await CreateProjectAsync(NewName("project")), NewName("organization"));
        await cluster.Grains.GetGrain<IOrganizationsGrain>(GrainKeys.Instance).AddAsync(s_admin, partner, NewName("Organization"));
        await Projects.AddGrantAsync(s_admin, project.Id, partner, []);
        var roles = cluster.Grains.GetGrain<IUserRolesGrain>(GrainKeys.User(await cluster.NewHumanAsync()));
        Task? removing = null;
        await WithAsync(
            async call =>
            {
                await call.Invoke();
                if (removing is null && Is<IProjectsGrain>(call, nameof(IProjectsGrain.FindAsync)))
                {
                    removing = isProject
                        ? Projects.DeleteAsync(s_admin, project.Id)
                        : Projects.RemoveGrantAsync(s_admin, project.Id, partner);
                    await cluster.Store.WaitForAsync(_ =>
                        StoredProjects().Projects.GetValueOrDefault(project.Id)?.FindGrant(partner) is null
                    );
                }
            },
            () => FailsAsync(SessionErrors.ProjectUnknown, () => roles.SetAsync(s_admin, NewName("authorization"), project.Id, partner, []))
        );

        await removing!;
        Assert.Empty(cluster.Store.Read<UserRolesRecord>(roles.GetGrainId())!.Assignments);
    }

    [Fact]
    public async Task An_application_that_a_crash_has_left_of_a_deleted_project_goes_later()
    {
        var (project, id) = (await CreateProjectAsync(NewName("project")), NewName("client"));
        await Projects.DeleteAsync(s_admin, project.Id);
        await Clients.AsReference<IGrainManagementExtension>().DeactivateOnIdle();
        var left = NewClient(id, project.Id) with { CreatedAt = cluster.Clock.GetUtcNow() + TimeSpan.FromSeconds(1) };
        cluster.Store.Put(
            Clients.GetGrainId(),
            new ClientsRecord { Clients = ImmutableSortedDictionary.Create<string, OidcClient>(StringComparer.Ordinal).Add(id, left) }
        );
        Assert.NotNull(await Clients.TryGetAsync(id));

        var gone = cluster.Store.WaitForAsync(store =>
            store.Read<ClientsRecord>(Clients.GetGrainId()) is { } record && !record.Clients.ContainsKey(id)
        );
        cluster.Clock.Advance(TimeSpan.FromMinutes(2));
        await gone;

        Assert.Null(await Clients.TryGetAsync(id));
    }

    [Fact]
    public async Task The_applications_of_a_new_project_with_the_id_of_a_deleted_one_stay()
    {
        var (project, id) = (await CreateProjectAsync(NewName("project")), NewName("client"));
        await Projects.DeleteAsync(s_admin, project.Id);
        cluster.Clock.Advance(TimeSpan.FromSeconds(1));
        await CreateProjectAsync(project.Id);
        await AddClientAsync(id, project.Id);

        // The removal of the first project is cleared once more.
        cluster.Clock.Advance(TimeSpan.FromMinutes(2));
        await Projects.UpdateAsync(s_admin, project.Id, new ProjectChange { Name = NewName("renamed") });

        Assert.NotNull(await Clients.TryGetAsync(id));
    }

    [Fact]
    public async Task A_project_waits_for_a_client_that_is_being_registered_with_its_id()
    {
        var id = NewName("id");
        Task<SessionError?>? creating = null;
        await WithAsync(
            async call =>
            {
                await call.Invoke();
                if (creating is null && Is<IProjectsGrain>(call, nameof(IProjectsGrain.HasAsync)))
                {
                    creating = ErrorOfAsync(() => CreateProjectAsync(id));
                    while (!creating.IsCompleted && !await Projects.HasAsync(id)) { }
                }
            },
            () => AddClientAsync(id)
        );

        Assert.Equal(SessionErrors.ProjectExists, await creating!);
        Assert.NotNull(await Clients.TryGetAsync(id));
        Assert.Null(await Projects.FindAsync(id));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_client_is_not_registered_with_an_id_that_something_else_is_about_to_have(bool isProject)
    {
        var id = NewName("id");
        Task<SessionError?>? adding = null;
        await WithAsync(
            async call =>
            {
                await call.Invoke();
                if (adding is null && Is<IOidcClientsGrain>(call, nameof(IOidcClientsGrain.IsTakenAsync)))
                {
                    adding = ErrorOfAsync(() => AddClientAsync(id));
                }
            },
            () => isProject ? CreateProjectAsync(id) : AddProviderAsync(id)
        );

        Assert.Equal(SessionErrors.ClientExists, await adding!);
        Assert.Null(await Clients.TryGetAsync(id));
        Assert.True(isProject ? await Projects.HasAsync(id) : await Providers.HasAsync(id));
    }

    [Fact]
    public async Task A_service_provider_does_not_get_the_id_of_a_client()
    {
        var id = NewName("id");
        await AddClientAsync(id);

        await FailsAsync(SessionErrors.ServiceProviderExists, () => AddProviderAsync(id));

        Assert.False(await Providers.HasAsync(id));
    }

    private static bool Is<T>(IIncomingGrainCallContext call, string method) =>
        call.InterfaceMethod.DeclaringType == typeof(T) && call.MethodName == method;

    private async Task WithAsync(Func<IIncomingGrainCallContext, Task> intercept, Func<Task> act)
    {
        cluster.Intercept = intercept;
        try
        {
            await act();
        }
        finally
        {
            cluster.Intercept = null;
        }
    }

    private Task<Project> CreateProjectAsync(string id) =>
        Projects.CreateAsync(
            s_admin,
            new NewProject
            {
                Id = id,
                OrganizationId = OrganizationId,
                Settings = new ProjectChange { Name = NewName("Project") },
            }
        );

    private Task<OidcClient> AddClientAsync(string id, string? projectId = null) => Clients.CreateAsync(s_admin, NewClient(id, projectId));

    private Task<ServiceProvider> AddProviderAsync(string id, string? projectId = null) =>
        Providers.CreateAsync(
            s_admin,
            new ServiceProviderRegistration(
                new ServiceProvider
                {
                    Id = id,
                    ProjectId = projectId,
                    EntityId = $"urn:{id}",
                    AssertionConsumers = [new AssertionConsumer($"https://{id}.example/acs", SamlBindingUris.Post)],
                }
            )
        );

    private static OidcClient NewClient(string id, string? projectId) =>
        new()
        {
            Id = id,
            ProjectId = projectId,
            RedirectUris = ["https://app.example/"],
        };

    private ProjectsRecord StoredProjects() => cluster.Store.Read<ProjectsRecord>(Projects.GetGrainId()) ?? new();

    public sealed class Cluster() : SessionCluster(0);
}
