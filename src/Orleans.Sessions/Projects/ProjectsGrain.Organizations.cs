using System.Collections.Immutable;
using Orleans.Sessions.Organizations;

namespace Orleans.Sessions.Projects;

/// <content>
/// Knows which organizations are open. What closed ones own or give does not count. The grain of an organization says when its state
/// changes; if that message is lost, the answer is old after a second.
/// </content>
internal sealed partial class ProjectsGrain
{
    private static readonly TimeSpan s_believedFor = TimeSpan.FromSeconds(1);

    private (ImmutableHashSet<string> Ids, long AskedAt)? _open;
    private int _forgotten;

    private IOrganizationStates States => GrainFactory.GetGrain<IOrganizationStates>(GrainKeys.Instance);

    /// <inheritdoc/>
    public Task ForgetStatesAsync()
    {
        _open = null;
        _forgotten++;
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async Task RemoveOrganizationAsync(string organizationId)
    {
        var record = await LoadAsync();
        var now = Next(record);
        var (next, removals) = ProjectRules.WithoutOrganization(record, organizationId, now);
        if (!removals.IsEmpty)
        {
            await RemoveAsync(next, removals);
        }
    }

    /// <inheritdoc/>
    public async Task<ImmutableArray<string>> ListOfOrganizationAsync(string organizationId) =>
        [.. (await LoadAsync()).Projects.Values.Where(project => project.OrganizationId == organizationId).Select(project => project.Id)];

    /// <summary>The open organizations as they were a second ago at most.</summary>
    private ValueTask<ImmutableHashSet<string>> OpenAsync() =>
        _open is { } known && _clock.GetElapsedTime(known.AskedAt) < s_believedFor ? new(known.Ids) : new(AskOpenAsync());

    private async Task<ImmutableHashSet<string>> AskOpenAsync()
    {
        var (askedAt, forgotten) = (_clock.GetTimestamp(), _forgotten);
        var ids = await GrainCalls.RepeatIdempotentAsync(() => States.ListOpenAsync(), _clock, CancellationToken.None);
        var open = ids.ToImmutableHashSet(StringComparer.Ordinal);
        if (forgotten == _forgotten)
        {
            _open = (open, askedAt);
        }

        return open;
    }

    /// <summary>
    /// Fails with <c>PROJECT-Org02</c> unless the organization is open. An organization may have been added or opened a moment ago, so a
    /// refusal is confirmed.
    /// </summary>
    private async Task EnsureOpenAsync(string organizationId)
    {
        if (!(await OpenAsync()).Contains(organizationId) && !(await AskOpenAsync()).Contains(organizationId))
        {
            throw new SessionException(SessionErrors.ProjectOrganizationInactive);
        }
    }

    /// <summary>
    /// Fails with <c>PROJECT-Org01</c> or <c>PROJECT-Org02</c> unless the organization can be given projects and grants. From then on it is
    /// among the known ones.
    /// </summary>
    private async Task EnsureOrganizationAsync(string organizationId)
    {
        if (await GrainFactory.GetGrain<IOrganizationsGrain>(GrainKeys.Instance).NameOfAsync(organizationId) is null)
        {
            throw new SessionException(SessionErrors.ProjectOrganizationUnknown);
        }

        if (!(await AskOpenAsync()).Contains(organizationId))
        {
            throw new SessionException(SessionErrors.ProjectOrganizationInactive);
        }
    }

    /// <summary>
    /// The registry and the project, if the caller has <c>project.write</c> on its organization, and the organization is open.
    /// </summary>
    private async Task<(ProjectsRecord Record, Project Project)> ChangeableAsync(Caller caller, string projectId)
    {
        var project = ProjectRules.Authorize(await LoadAsync(), caller, projectId, Permission.ProjectWrite);
        await EnsureOpenAsync(project.OrganizationId);
        var record = await LoadAsync();
        return (record, ProjectRules.Authorize(record, caller, projectId, Permission.ProjectWrite));
    }
}
