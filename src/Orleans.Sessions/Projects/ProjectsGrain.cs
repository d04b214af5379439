using System.Collections.Immutable;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;
using Orleans.Sessions.Oidc;
using Orleans.Sessions.State;
using Orleans.Sessions.States;
using Orleans.Sessions.Storage;

namespace Orleans.Sessions.Projects;

/// <summary>
/// The only writer of the projects. What is removed from the registry gives nobody a role from that moment on, because an authorization
/// counts only for the very project, role and grant that it was made for. What the database lists follows after that (<c>Settling.cs</c>).
/// </summary>
[GrainType("projects")]
internal sealed partial class ProjectsGrain : Grain, IProjectsGrain, IProjectOrganizations
{
    private static readonly ProjectsRecord s_empty = new();
    private static readonly TimeSpan s_tick = TimeSpan.FromMicroseconds(1);

    private readonly TimeProvider _clock;
    private readonly IServiceProvider _services;
    private readonly DurableState<ProjectsRecord> _state;
    private readonly ILogger<ProjectsGrain> _log;
    private (ProjectsRecord? Stored, ProjectsRecord Ordered) _read = (null, s_empty);

    /// <summary>The id of the project that is being created.</summary>
    private string? _claimed;

    /// <summary>Called by the runtime.</summary>
    public ProjectsGrain(
        IGrainContext context,
        StateServices state,
        TimeProvider clock,
        IServiceProvider services,
        ILogger<ProjectsGrain> log
    )
    {
        (_clock, _services, _log) = (clock, services, log);
        _state = new(StateNames.Projects, context, state);
    }

    /// <summary>Only removals need the database's list of authorizations.</summary>
    private IRoleAssignmentDirectory Assignments => _services.GetRequiredService<IRoleAssignmentDirectory>();

    private IOidcClientsGrain Clients => GrainFactory.GetGrain<IOidcClientsGrain>(GrainKeys.OidcClients);

    /// <inheritdoc/>
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        SettleLater();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task<Project?> FindAsync(string projectId) =>
        (await LoadAsync()).Projects.GetValueOrDefault(projectId) is { } project ? ProjectRules.Counting(project, await OpenAsync()) : null;

    /// <inheritdoc/>
    public async Task<bool> HasAsync(string projectId) => _claimed == projectId || (await LoadAsync()).Projects.ContainsKey(projectId);

    /// <inheritdoc/>
    public async Task<Project> AuthorizeAsync(Caller caller, string projectId, Permission permission) =>
        permission == Permission.ProjectRead
            ? ProjectRules.Authorize(await LoadAsync(), caller, projectId, permission)
            : (await ChangeableAsync(caller, projectId)).Project;

    /// <inheritdoc/>
    public async Task<Project> GetAsync(Caller caller, string projectId)
    {
        var record = await LoadAsync();
        return record.Projects.TryGetValue(projectId, out var project) && ProjectRules.VisibleTo(caller, project) is { } visible
            ? visible
            : ProjectRules.Authorize(record, caller, projectId, Permission.ProjectRead);
    }

    /// <inheritdoc/>
    public async Task<ImmutableArray<Project>> ListAsync(Caller caller) =>
        [.. (await LoadAsync()).Projects.Values.Select(project => ProjectRules.VisibleTo(caller, project)).OfType<Project>()];

    /// <inheritdoc/>
    public async Task<Project> CreateAsync(Caller caller, NewProject command)
    {
        caller.Require(Permission.ProjectWrite, command.OrganizationId);
        if (command.IsIdChosen)
        {
            caller.Require(Permission.ProjectWrite);
        }

        ProjectRules.EnsureId(command.Id);
        await EnsureOrganizationAsync(command.OrganizationId);
        _claimed = command.Id;
        try
        {
            return await AddAsync(caller, command, isClient: await Clients.IsTakenAsync(command.Id));
        }
        finally
        {
            _claimed = null;
        }
    }

    /// <inheritdoc/>
    public async Task<Project> UpdateAsync(Caller caller, string projectId, ProjectChange change)
    {
        var (record, project) = await ChangeableAsync(caller, projectId);
        var next = ProjectRules.Apply(record, project, change);
        return next == project ? project : await WriteAsync(caller, record, next, Next(record));
    }

    /// <inheritdoc/>
    public async Task<Project> SetActiveAsync(Caller caller, string projectId, bool isActive)
    {
        var (record, project) = await ChangeableAsync(caller, projectId);
        return project.IsInactive == isActive
            ? await WriteAsync(caller, record, project with { IsInactive = !isActive }, Next(record))
            : throw new SessionException(isActive ? SessionErrors.ProjectActiveAlready : SessionErrors.ProjectInactiveAlready);
    }

    /// <inheritdoc/>
    public async Task<DateTimeOffset?> DeleteAsync(Caller caller, string projectId)
    {
        var record = await LoadAsync();
        if (!record.Projects.TryGetValue(projectId, out var project))
        {
            caller.Require(Permission.ProjectDelete);
            return null;
        }

        caller.Require(Permission.ProjectDelete, project.OrganizationId);
        ProjectRules.EnsureMayRemove(record, caller, project);
        var now = Next(record);
        await RemoveAsync(
            record with
            {
                Projects = record.Projects.Remove(projectId),
                ChangedAt = now,
            },
            [UnsettledRemoval.Of(project, null, [], now)]
        );
        return now;
    }

    private async Task<Project> AddAsync(Caller caller, NewProject command, bool isClient)
    {
        var record = await LoadAsync();
        var now = Next(record);
        var project = ProjectRules.Apply(
            record,
            new Project
            {
                Id = command.Id,
                OrganizationId = command.OrganizationId,
                Name = "",
                CreatedAt = now,
            },
            command.Settings
        );
        if (record.Projects.TryGetValue(command.Id, out var existing) || isClient)
        {
            // A caller who repeats a lost call sends the same project.
            var bare = existing is null ? null : existing with { CreatedAt = now, ChangedAt = default, Roles = [], Grants = [] };
            return bare == project ? existing! : throw new SessionException(SessionErrors.ProjectExists);
        }

        ProjectRules.EnsureShare(record, caller, command.OrganizationId);
        return await WriteAsync(caller, record, project, now);
    }

    /// <summary>The present time, or the first one after the last change.</summary>
    private DateTimeOffset Next(ProjectsRecord record) =>
        _clock.GetMicroNow() is var now && now > record.ChangedAt ? now : record.ChangedAt + s_tick;

    private async Task<Project> WriteAsync(Caller caller, ProjectsRecord record, Project project, DateTimeOffset now)
    {
        ProjectRules.EnsureShareOfParts(record, caller, project);
        return (await _state.ReplaceAsync(ProjectRules.With(record, project, now))).Projects[project.Id];
    }

    /// <summary>The record. A stored dictionary comes back without its order.</summary>
    private async ValueTask<ProjectsRecord> LoadAsync()
    {
        if (await _state.ReadAsync() is not { } stored)
        {
            return s_empty;
        }

        if (!ReferenceEquals(_read.Stored, stored))
        {
            _read = (stored, stored with { Projects = stored.Projects.WithComparers(StringComparer.Ordinal) });
        }

        return _read.Ordered;
    }
}
