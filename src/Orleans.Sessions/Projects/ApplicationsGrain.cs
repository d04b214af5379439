using System.Collections.Immutable;
using Orleans.Concurrency;
using Orleans.Sessions.Oidc;
using Orleans.Sessions.Saml;
using Orleans.Sessions.State;

namespace Orleans.Sessions.Projects;

/// <inheritdoc cref="IApplicationsGrain"/>
[StatelessWorker]
[Reentrant]
[GrainType("applications")]
internal sealed class ApplicationsGrain(TimeProvider clock) : Grain, IApplicationsGrain
{
    private IProjectsGrain Projects => GrainFactory.GetGrain<IProjectsGrain>(GrainKeys.Instance);

    private IOidcClientsGrain Clients => GrainFactory.GetGrain<IOidcClientsGrain>(GrainKeys.OidcClients);

    private IServiceProvidersGrain Providers => GrainFactory.GetGrain<IServiceProvidersGrain>(GrainKeys.SamlServiceProviders);

    /// <inheritdoc/>
    public async Task<OidcClient> CreateClientAsync(Caller caller, OidcClient client, bool isIdChosen)
    {
        var share = await ShareAsync(caller, client.ProjectId, isIdChosen, Providers.CountOfProjectsAsync);
        return await Clients.CreateAsync(Caller.InCluster, client, share);
    }

    /// <inheritdoc/>
    public async Task<ServiceProvider> CreateServiceProviderAsync(Caller caller, ServiceProviderRegistration registration, bool isIdChosen)
    {
        var share = await ShareAsync(caller, registration.Settings.ProjectId, isIdChosen, Clients.CountOfProjectsAsync);
        return await Providers.CreateAsync(Caller.InCluster, registration, share);
    }

    /// <inheritdoc/>
    public Task<Application> GetAsync(Caller caller, string applicationId) =>
        RequiredAsync(caller, new ApplicationName(applicationId, null), Permission.ProjectRead);

    /// <inheritdoc/>
    public Task<Application> GetChangeableAsync(Caller caller, ApplicationName application) =>
        RequiredAsync(caller, application, Permission.ProjectWrite);

    /// <inheritdoc/>
    public async Task<ImmutableArray<Application>> ListAsync(Caller caller)
    {
        var organizations = (await Projects.ListAsync(caller)).ToDictionary(
            project => project.Id,
            project => project.OrganizationId,
            StringComparer.Ordinal
        );
        return
        [
            .. (await Clients.ListAsync(Caller.InCluster))
                .Select(client => new Application(OrganizationOf(client.ProjectId), client, null))
                .Concat(
                    (await Providers.ListAsync(Caller.InCluster)).Select(provider => new Application(
                        OrganizationOf(provider.ProjectId),
                        null,
                        provider
                    ))
                )
                .Where(application =>
                    (application.ProjectId is null || application.OrganizationId is not null)
                    && caller.May(Permission.ProjectRead, application.OrganizationId)
                ),
        ];

        string? OrganizationOf(string? projectId) => projectId is null ? null : organizations.GetValueOrDefault(projectId);
    }

    /// <inheritdoc/>
    public async Task<OidcClient> ChangeClientAsync(
        Caller caller,
        ApplicationName application,
        ClientChange change,
        ImmutableArray<byte>? secretHash,
        bool? isApi
    )
    {
        var client = await ClientAsync(caller, application);
        return isApi is null || isApi == (client.GetKind() == ApplicationKind.Api)
            ? await Clients.ChangeAsync(Caller.InCluster, client.Id, change, secretHash)
            : throw new SessionException(SessionErrors.ApplicationOfOtherKind);
    }

    /// <inheritdoc/>
    public async Task<ServiceProvider> ChangeServiceProviderAsync(Caller caller, ApplicationName application, ServiceProviderChange change)
    {
        var found = await RequiredAsync(caller, application, Permission.ProjectWrite);
        return found.Provider is { } provider
            ? await Providers.ChangeAsync(Caller.InCluster, provider.Id, change)
            : throw new SessionException(SessionErrors.ApplicationOfOtherKind);
    }

    /// <inheritdoc/>
    public async Task<DateTimeOffset> RenameAsync(Caller caller, ApplicationName application, string name)
    {
        var found = await RequiredAsync(caller, application, Permission.ProjectWrite);
        return await ChangeAsync(found, new ClientChange { Name = name }, new ServiceProviderChange { Name = name });
    }

    /// <inheritdoc/>
    public async Task<DateTimeOffset> SetActiveAsync(Caller caller, ApplicationName application, bool isActive)
    {
        var found = await RequiredAsync(caller, application, Permission.ProjectWrite);
        return found.IsInactive == isActive
            ? await ChangeAsync(found, new ClientChange { IsInactive = !isActive }, new ServiceProviderChange { IsInactive = !isActive })
            : throw new SessionException(isActive ? SessionErrors.ApplicationActiveAlready : SessionErrors.ApplicationInactiveAlready);
    }

    /// <inheritdoc/>
    public async Task<DateTimeOffset?> DeleteAsync(Caller caller, ApplicationName application)
    {
        if (await FindAsync(caller, application, Permission.ProjectWrite) is not { } found)
        {
            return null;
        }

        var wasThere = found.Client is { } client
            ? await Clients.DeleteAsync(Caller.InCluster, client.Id)
            : await Providers.DeleteAsync(Caller.InCluster, found.Id);
        return wasThere ? clock.GetMicroNow() : null;
    }

    /// <inheritdoc/>
    public async Task<DateTimeOffset> SetSecretAsync(Caller caller, ApplicationName application, ImmutableArray<byte> secretHash)
    {
        var client = await ClientAsync(caller, application);
        return client.SecretHash is not null
            ? (await Clients.SetSecretAsync(Caller.InCluster, client.Id, secretHash)).ChangedAt
            : throw new SessionException(SessionErrors.ApplicationWithoutSecret);
    }

    /// <inheritdoc/>
    public async Task AddKeyAsync(Caller caller, ApplicationName application, ApplicationKey key) =>
        await Clients.AddKeyAsync(Caller.InCluster, (await ClientAsync(caller, application)).Id, key);

    /// <inheritdoc/>
    public async Task<DateTimeOffset?> RemoveKeyAsync(Caller caller, ApplicationName application, string keyId) =>
        await Clients.RemoveKeyAsync(Caller.InCluster, (await ClientAsync(caller, application)).Id, keyId) ? clock.GetMicroNow() : null;

    /// <summary>
    /// What one registry may have of the organization's applications; <c>null</c> if the caller has the right everywhere. Fails unless the
    /// caller may add an application to the project.
    /// </summary>
    /// <param name="caller">The caller.</param>
    /// <param name="projectId">The project.</param>
    /// <param name="isIdChosen">Whether the caller chose the id.</param>
    /// <param name="others">Counts the applications of projects in the other registry.</param>
    private async Task<ApplicationShare?> ShareAsync(
        Caller caller,
        string? projectId,
        bool isIdChosen,
        Func<ImmutableArray<string>, Task<int>> others
    )
    {
        var project = await Projects.AuthorizeAsync(caller, projectId ?? "", Permission.ProjectWrite);
        if (isIdChosen)
        {
            caller.Require(Permission.ProjectWrite);
        }

        if (caller.May(Permission.ProjectWrite))
        {
            return null;
        }

        var registry = GrainFactory.GetGrain<IProjectOrganizations>(GrainKeys.Instance);
        var projectIds = await registry.ListOfOrganizationAsync(project.OrganizationId);
        return new ApplicationShare(projectIds, IProjectsGrain.MaxOfOrganization - await others(projectIds));
    }

    private async Task<DateTimeOffset> ChangeAsync(Application application, ClientChange client, ServiceProviderChange provider) =>
        application.Client is not null
            ? (await Clients.ChangeAsync(Caller.InCluster, application.Id, client, secretHash: null)).ChangedAt
            : (await Providers.ChangeAsync(Caller.InCluster, application.Id, provider)).ChangedAt;

    private async Task<OidcClient> ClientAsync(Caller caller, ApplicationName application) =>
        (await RequiredAsync(caller, application, Permission.ProjectWrite)).Client
        ?? throw new SessionException(SessionErrors.ApplicationOfOtherKind);

    private async Task<Application> RequiredAsync(Caller caller, ApplicationName application, Permission permission)
    {
        var found = await FindAsync(caller, application, permission) ?? throw new SessionException(SessionErrors.ApplicationUnknown);
        if (permission == Permission.ProjectWrite && found is { OrganizationId: not null, ProjectId: { } projectId })
        {
            // It must also be open.
            await Projects.AuthorizeAsync(caller, projectId, permission);
        }

        return found;
    }

    /// <summary>
    /// The application; <c>null</c> if there is none and the caller has the permission on the instance. Fails if the caller has not the
    /// permission on the organization of its project.
    /// </summary>
    private async Task<Application?> FindAsync(Caller caller, ApplicationName name, Permission permission)
    {
        var client = await Clients.TryGetAsync(name.Id);
        var provider = client is null ? await Providers.TryGetAsync(name.Id) : null;
        var projectId = client is null ? provider?.ProjectId : client.ProjectId;
        var organizationId = projectId is null ? null : (await Projects.FindAsync(projectId))?.OrganizationId;
        caller.Require(permission, organizationId);
        var isThere = client is not null || provider is not null;
        return isThere && (name.ProjectId is null || name.ProjectId == projectId)
            ? new Application(organizationId, client, provider)
            : null;
    }
}
