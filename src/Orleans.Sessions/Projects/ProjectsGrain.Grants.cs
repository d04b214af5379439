using System.Collections.Immutable;

namespace Orleans.Sessions.Projects;

/// <content>The grants of projects to other organizations.</content>
internal sealed partial class ProjectsGrain
{
    /// <inheritdoc/>
    public async Task<ProjectGrant> AddGrantAsync(Caller caller, string projectId, string organizationId, ImmutableArray<string> roleKeys)
    {
        var (_, owned) = await ChangeableAsync(caller, projectId);
        if (owned.OrganizationId == organizationId)
        {
            throw new SessionException(SessionErrors.ProjectOrganizationUnknown);
        }

        await EnsureOrganizationAsync(organizationId);
        var record = await LoadAsync();
        var project = ProjectRules.Authorize(record, caller, projectId, Permission.ProjectWrite);
        if (project.FindGrant(organizationId) is not null)
        {
            throw new SessionException(SessionErrors.ProjectGrantExists);
        }

        var now = Next(record);
        var grant = new ProjectGrant(
            organizationId,
            ProjectRules.Grantable(project, before: null, roleKeys, now),
            IsInactive: false,
            now,
            now
        );
        await WriteAsync(caller, record, project with { Grants = project.Grants.Add(grant) }, now);
        return grant;
    }

    /// <inheritdoc/>
    public async Task<ProjectGrant> UpdateGrantAsync(
        Caller caller,
        string projectId,
        string organizationId,
        ImmutableArray<string> roleKeys
    )
    {
        var (record, project, grant) = await GrantAsync(caller, projectId, organizationId);
        var now = Next(record);
        var roles = ProjectRules.Grantable(project, grant, roleKeys, now);
        if (roles.SequenceEqual(grant.Roles))
        {
            return grant;
        }

        var next = grant with { Roles = roles, ChangedAt = now };
        ImmutableArray<string> lost = [.. grant.Roles.Select(role => role.Key).Where(key => next.FindRole(key) is null)];
        if (!lost.IsEmpty)
        {
            ProjectRules.EnsureMayRemove(record, caller, project);
        }

        var changed = project with { Grants = project.Grants.Replace(grant, next) };
        ProjectRules.EnsureShareOfParts(record, caller, changed);
        await RemoveAsync(
            ProjectRules.With(record, changed, now),
            lost.IsEmpty ? [] : [UnsettledRemoval.Of(project, organizationId, lost, now)]
        );
        return next;
    }

    /// <inheritdoc/>
    public async Task<ProjectGrant> SetGrantAsync(
        Caller caller,
        string projectId,
        string organizationId,
        ImmutableArray<string> roleKeys
    ) =>
        (await ChangeableAsync(caller, projectId)).Project.FindGrant(organizationId) is null
            ? await AddGrantAsync(caller, projectId, organizationId, roleKeys)
            : await UpdateGrantAsync(caller, projectId, organizationId, roleKeys);

    /// <inheritdoc/>
    public async Task<ProjectGrant> SetGrantActiveAsync(Caller caller, string projectId, string organizationId, bool isActive)
    {
        var (record, project, grant) = await GrantAsync(caller, projectId, organizationId);
        if (grant.IsInactive != isActive)
        {
            throw new SessionException(isActive ? SessionErrors.ProjectGrantActiveAlready : SessionErrors.ProjectGrantInactiveAlready);
        }

        if (isActive)
        {
            await EnsureOpenAsync(organizationId);
        }

        var now = Next(record);
        var next = grant with { IsInactive = !isActive, ChangedAt = now };
        await WriteAsync(caller, record, project with { Grants = project.Grants.Replace(grant, next) }, now);
        return next;
    }

    /// <inheritdoc/>
    public async Task<DateTimeOffset?> RemoveGrantAsync(Caller caller, string projectId, string organizationId)
    {
        var (record, project) = await ChangeableAsync(caller, projectId);
        if (project.FindGrant(organizationId) is not { } grant)
        {
            return null;
        }

        ProjectRules.EnsureMayRemove(record, caller, project);
        var now = Next(record);
        await RemoveAsync(
            ProjectRules.With(record, project with { Grants = project.Grants.Remove(grant) }, now),
            [UnsettledRemoval.Of(project, organizationId, [], now)]
        );
        return now;
    }

    private async Task<(ProjectsRecord Record, Project Project, ProjectGrant Grant)> GrantAsync(
        Caller caller,
        string projectId,
        string organizationId
    )
    {
        var (record, project) = await ChangeableAsync(caller, projectId);
        return (record, project, project.FindGrant(organizationId) ?? throw new SessionException(SessionErrors.ProjectGrantUnknown));
    }
}
