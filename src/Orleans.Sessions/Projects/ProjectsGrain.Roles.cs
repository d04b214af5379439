namespace Orleans.Sessions.Projects;

/// <content>The roles of projects.</content>
internal sealed partial class ProjectsGrain
{
    /// <inheritdoc/>
    public async Task<ProjectRole> AddRoleAsync(Caller caller, string projectId, ProjectRoleChange role)
    {
        var (record, project) = await ChangeableAsync(caller, projectId);
        var now = Next(record);
        var added = ProjectRules.NewRole(role, now);
        if (project.FindRole(added.Key) is { } known)
        {
            return known with { CreatedAt = now, ChangedAt = now } == added
                ? known
                : throw new SessionException(SessionErrors.ProjectRoleExists);
        }

        await WriteAsync(caller, record, project with { Roles = project.Roles.Add(added) }, now);
        return added;
    }

    /// <inheritdoc/>
    public async Task<ProjectRole> UpdateRoleAsync(Caller caller, string projectId, ProjectRoleChange role)
    {
        var (record, project) = await ChangeableAsync(caller, projectId);
        var known = project.FindRole(role.Key) ?? throw new SessionException(SessionErrors.ProjectRoleUnknown);
        var now = Next(record);
        var next = ProjectRules.Apply(known, role, now);
        if (next != known)
        {
            await WriteAsync(caller, record, project with { Roles = project.Roles.Replace(known, next) }, now);
        }

        return next;
    }

    /// <inheritdoc/>
    public async Task<ProjectRole> SetRoleAsync(Caller caller, string projectId, ProjectRoleChange role) =>
        (await ChangeableAsync(caller, projectId)).Project.FindRole(role.Key) is null
            ? await AddRoleAsync(caller, projectId, role)
            : await UpdateRoleAsync(caller, projectId, role);

    /// <inheritdoc/>
    public async Task<DateTimeOffset?> RemoveRoleAsync(Caller caller, string projectId, string key)
    {
        var (record, project) = await ChangeableAsync(caller, projectId);
        if (project.FindRole(key) is null)
        {
            return null;
        }

        ProjectRules.EnsureMayRemove(record, caller, project);
        var now = Next(record);
        await RemoveAsync(
            ProjectRules.With(record, ProjectRules.Without(project, key), now),
            [UnsettledRemoval.Of(project, null, [key], now)]
        );
        return now;
    }
}
