using System.Buffers;
using System.Collections.Immutable;
using Orleans.Sessions.Names;
using Orleans.Sessions.Oidc;
using Orleans.Sessions.Storage;

namespace Orleans.Sessions.Projects;

/// <summary>The rules of the registry of projects. Pure functions.</summary>
internal static class ProjectRules
{
    private const int MaxText = 200;

    /// <summary>The maximum number of removals that are not settled yet. What is removed with an organization comes on top.</summary>
    private const int MaxUnsettled = 1000;

    /// <summary>How many of these are of one organization's projects, for callers without the right everywhere.</summary>
    private const int MaxUnsettledOfOrganization = 200;

    private static readonly SearchValues<char> s_id = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~@"
    );

    /// <summary>
    /// The project, if the caller has the permission on its organization. A caller without it does not learn whether the project exists.
    /// </summary>
    public static Project Authorize(ProjectsRecord record, Caller caller, string projectId, Permission permission)
    {
        var project = record.Projects.GetValueOrDefault(projectId);
        caller.Require(permission, project?.OrganizationId);
        return project ?? throw new SessionException(SessionErrors.ProjectUnknown);
    }

    /// <summary>
    /// The project as it counts at present: that of a closed organization is inactive, and so is a grant to a closed one.
    /// </summary>
    public static Project Counting(Project project, ImmutableHashSet<string> open)
    {
        var isClosed = !open.Contains(project.OrganizationId);
        var grants = project.Grants.Any(grant => !grant.IsInactive && !open.Contains(grant.OrganizationId))
            ? [.. project.Grants.Select(grant => open.Contains(grant.OrganizationId) ? grant : grant with { IsInactive = true })]
            : project.Grants;
        return (isClosed && !project.IsInactive) || grants != project.Grants
            ? project with
            {
                IsInactive = isClosed || project.IsInactive,
                Grants = grants,
            }
            : project;
    }

    /// <summary>Fails with <c>PROJECT-Mx002</c> if the organization has its share, unless the caller has the right everywhere.</summary>
    public static void EnsureShare(ProjectsRecord record, Caller caller, string organizationId)
    {
        if (
            !caller.May(Permission.ProjectWrite)
            && record.Projects.Values.Count(project => project.OrganizationId == organizationId) >= IProjectsGrain.MaxOfOrganization
        )
        {
            throw new SessionException(SessionErrors.TooManyProjectsOfOrganization);
        }
    }

    /// <summary>
    /// Fails with <c>PROJECT-Mx002</c> if this change of a project adds to it what is more than its organization's share of the roles,
    /// grants and granted roles, unless the caller has the right everywhere.
    /// </summary>
    public static void EnsureShareOfParts(ProjectsRecord record, Caller caller, Project project)
    {
        var before = record.Projects.TryGetValue(project.Id, out var known) ? Parts(known) : 0;
        var added = Parts(project) - before;
        if (
            added > 0
            && !caller.May(Permission.ProjectWrite)
            && record.Projects.Values.Where(other => other.OrganizationId == project.OrganizationId).Sum(Parts) + added
                > IProjectsGrain.MaxPartsOfOrganization
        )
        {
            throw new SessionException(SessionErrors.TooManyPartsOfOrganization);
        }
    }

    /// <summary>
    /// Fails with <c>PROJECT-Mx003</c> if too many removals are not settled yet, in all or, unless the caller has the right everywhere, of
    /// the organization of this project.
    /// </summary>
    public static void EnsureMayRemove(ProjectsRecord record, Caller caller, Project project)
    {
        var unsettled = record.Unsettled ?? [];
        if (
            unsettled.Length >= MaxUnsettled
            || (
                !caller.May(Permission.ProjectWrite)
                && unsettled.Count(removal => removal.OwnerId == project.OrganizationId) >= MaxUnsettledOfOrganization
            )
        )
        {
            throw new SessionException(SessionErrors.TooManyRemovals);
        }
    }

    /// <summary>The record without the projects of an organization and the grants to it, and what must be cleared.</summary>
    public static (ProjectsRecord Record, ImmutableArray<UnsettledRemoval> Removals) WithoutOrganization(
        ProjectsRecord record,
        string organizationId,
        DateTimeOffset now
    )
    {
        var (projects, removals) = (record.Projects, ImmutableArray.CreateBuilder<UnsettledRemoval>());
        foreach (var project in record.Projects.Values)
        {
            if (project.OrganizationId == organizationId)
            {
                projects = projects.Remove(project.Id);
                removals.Add(UnsettledRemoval.Of(project, null, [], now));
            }
            else if (project.FindGrant(organizationId) is { } grant)
            {
                projects = projects.SetItem(project.Id, project with { Grants = project.Grants.Remove(grant), ChangedAt = now });
                removals.Add(UnsettledRemoval.Of(project, organizationId, [], now));
            }
        }

        var next = record with { Projects = projects, ChangedAt = now };
        return removals.Count == 0 ? (record, []) : (next, removals.ToImmutable());
    }

    /// <summary>
    /// The project as the caller may see it; <c>null</c> if the caller may not. The administrators of an organization with a grant see
    /// their own grants only.
    /// </summary>
    public static Project? VisibleTo(Caller caller, Project project)
    {
        if (caller.May(Permission.ProjectRead, project.OrganizationId))
        {
            return project;
        }

        var own = project.Grants.RemoveAll(grant => !caller.May(Permission.ProjectRead, grant.OrganizationId));
        return own.IsEmpty ? null : project with { Grants = own };
    }

    /// <summary>The project with these changes. Fails with <c>PROJECT-In001</c> or <c>PROJECT-Ex001</c>.</summary>
    public static Project Apply(ProjectsRecord record, Project project, ProjectChange change)
    {
        var next = project with
        {
            Name = change.Name ?? project.Name,
            AssertRoles = change.AssertRoles ?? project.AssertRoles,
            RequireAuthorization = change.RequireAuthorization ?? project.RequireAuthorization,
            RequireAccess = change.RequireAccess ?? project.RequireAccess,
            Branding = change.Branding ?? project.Branding,
        };
        if (!Enum.IsDefined(next.Branding))
        {
            throw new SessionException(SessionErrors.ProjectBrandingUnknown);
        }

        var name = TextKey.Of(Text(next.Name, SessionErrors.ProjectNameInvalid));
        return record.Projects.Values.Any(other =>
            other.Id != next.Id && other.OrganizationId == next.OrganizationId && TextKey.Of(other.Name) == name
        )
            ? throw new SessionException(SessionErrors.ProjectExists)
            : next;
    }

    /// <summary>Fails with <c>PROJECT-In001</c> unless the text can be the id of a project.</summary>
    public static void EnsureId(string id)
    {
        if (id.Length is 0 or > MaxText || id == OidcScopes.Api || id.AsSpan().ContainsAnyExcept(s_id) || !VisibleText.IsId(id))
        {
            throw new SessionException(SessionErrors.ProjectIdInvalid);
        }
    }

    /// <summary>A new role. Fails with <c>PROJECT-In001</c>.</summary>
    public static ProjectRole NewRole(ProjectRoleChange role, DateTimeOffset now) =>
        new(
            Text(role.Key, SessionErrors.ProjectRoleKeyInvalid),
            DisplayName(role.DisplayName ?? role.Key),
            Group(role.Group ?? ""),
            now,
            now
        );

    /// <summary>The role with these changes. Fails with <c>PROJECT-In001</c>.</summary>
    public static ProjectRole Apply(ProjectRole role, ProjectRoleChange change, DateTimeOffset now)
    {
        var next = role with
        {
            DisplayName = DisplayName(change.DisplayName ?? role.DisplayName),
            Group = Group(change.Group ?? role.Group),
        };
        return next == role ? role : next with { ChangedAt = now };
    }

    /// <summary>
    /// The roles of a grant. A role that the grant had before keeps its date, so that what was given under it counts on. Fails with
    /// <c>PROJECT-Rol01</c>.
    /// </summary>
    public static ImmutableArray<GrantableRole> Grantable(
        Project project,
        ProjectGrant? before,
        ImmutableArray<string> keys,
        DateTimeOffset now
    ) =>
        [
            .. keys.Distinct(StringComparer.Ordinal)
                .Select(key =>
                    project.FindRole(key) is null
                        ? throw new SessionException(SessionErrors.ProjectRoleUnknown)
                        : before?.FindRole(key) ?? new GrantableRole(key, now)
                ),
        ];

    /// <summary>The record with this project, which has changed now. Fails with <c>PROJECT-Mx001</c>.</summary>
    public static ProjectsRecord With(ProjectsRecord record, Project project, DateTimeOffset now)
    {
        var projects = record.Projects.SetItem(project.Id, project with { ChangedAt = now });
        return
            projects.Count <= IProjectsGrain.MaxProjects
            && project.Roles.Length <= IProjectsGrain.MaxRoles
            && project.Grants.Length <= IProjectsGrain.MaxGrants
            && projects.Values.Sum(Parts) <= IProjectsGrain.MaxParts
            ? record with
            {
                Projects = projects,
                ChangedAt = now,
            }
            : throw new SessionException(SessionErrors.TooManyProjects);
    }

    /// <summary>The project without a role. Grants of the role end with it.</summary>
    public static Project Without(Project project, string key) =>
        project with
        {
            Roles = project.Roles.RemoveAll(role => role.Key == key),
            Grants =
            [
                .. project.Grants.Select(grant =>
                    grant.FindRole(key) is null ? grant : grant with { Roles = grant.Roles.RemoveAll(role => role.Key == key) }
                ),
            ],
        };

    private static int Parts(Project project) =>
        project.Roles.Length + project.Grants.Length + project.Grants.Sum(grant => grant.Roles.Length);

    private static string DisplayName(string text) => Text(text, SessionErrors.ProjectRoleNameInvalid);

    private static string Group(string text) => text.Length == 0 ? text : Text(text, SessionErrors.ProjectRoleGroupInvalid);

    private static string Text(string text, SessionError broken) =>
        text.Length <= MaxText && !string.IsNullOrWhiteSpace(text) && !text.Any(char.IsControl)
            ? StorableText.Ensure(text)
            : throw new SessionException(broken);
}
