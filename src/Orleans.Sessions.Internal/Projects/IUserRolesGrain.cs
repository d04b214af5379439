using System.Collections.Immutable;
using Orleans.Concurrency;

namespace Orleans.Sessions.Projects;

/// <summary>
/// The roles of one user in projects (key <see cref="GrainKeys.User"/>), at most <see cref="MaxAssignments"/> authorizations. Changes need
/// <c>user.grant.write</c>, deletions <c>user.grant.delete</c>, on the organization that gives the roles. A caller who may
/// change the user (<c>user.write</c> on the user's organization) may also delete. A caller without the permission does not learn what
/// exists. Changes fail with <c>PROJECT-Org02</c> if the organization of the project, or the one that gives the roles, is deactivated or
/// deleted.
/// </summary>
[Alias("sessions.IUserRolesGrain")]
public interface IUserRolesGrain : IGrainWithStringKey
{
    /// <summary>The maximum number of authorizations of a user.</summary>
    const int MaxAssignments = 100;

    /// <summary>
    /// What the user has in those of these projects that are active, in the same order. Every finished change of a project, a role, a grant
    /// or an authorization counts. In-cluster only.
    /// </summary>
    [AlwaysInterleave]
    [Alias("Get")]
    Task<ImmutableArray<ProjectRoles>> GetAsync(ImmutableArray<string> projectIds);

    /// <summary>
    /// What the user has in all active projects, ordered by the project's id. Users see all that they have. Other callers need
    /// <c>user.read</c>, and see what those organizations have given on which they have <c>user.grant.read</c>. Fails with
    /// <c>AUTH-AWfge</c> or <c>QUERY-Dfbg2</c>.
    /// </summary>
    [AlwaysInterleave]
    [Alias("List")]
    Task<ImmutableArray<ProjectRoles>> ListAsync(Caller caller);

    /// <summary>
    /// Gives roles. The same call again returns the same answer. <paramref name="organizationId"/> is the organization that gives them;
    /// <c>null</c> means that of the project. Fails with <c>COMMAND-3M9sd</c> (no such project, or the organization does not have it),
    /// <c>PROJECT-Rol01</c> (no such role, or the organization may not give it), <c>QUERY-Dfbg2</c> (no such user), <c>AUTHZ-Ex001</c> (the
    /// user has an authorization of this organization for this project) or <c>AUTHZ-Mx001</c>. The caller must be allowed to read the user.
    /// </summary>
    [Alias("Assign")]
    Task<RoleAssignment> AssignAsync(Caller caller, string id, string projectId, string? organizationId, ImmutableArray<string> roleKeys);

    /// <summary>
    /// Gives exactly these roles, instead of those that the organization has given in the project before. An inactive authorization becomes
    /// active. The same call again returns the same answer. Otherwise as <see cref="AssignAsync"/>, but it does not fail with
    /// <c>AUTHZ-Ex001</c>.
    /// </summary>
    [Alias("Set")]
    Task<RoleAssignment> SetAsync(Caller caller, string id, string projectId, string? organizationId, ImmutableArray<string> roleKeys);

    /// <summary>Replaces the roles. Fails with <c>AUTHZ-Id001</c> (no such authorization) or <c>PROJECT-Rol01</c>.</summary>
    [Alias("Update")]
    Task<RoleAssignment> UpdateAsync(Caller caller, string id, ImmutableArray<string> roleKeys);

    /// <summary>
    /// Deactivates or activates. Fails with <c>AUTHZ-Id001</c>, or with <c>AUTHZ-St001</c> or <c>AUTHZ-St002</c> if it already is.
    /// </summary>
    [Alias("SetActive")]
    Task<RoleAssignment> SetActiveAsync(Caller caller, string id, bool isActive);

    /// <summary>Takes the roles away. Returns when; <c>null</c> if there is no such authorization.</summary>
    [Alias("Remove")]
    Task<DateTimeOffset?> RemoveAsync(Caller caller, string id);

    /// <summary>
    /// Takes away what an organization has given in a project; <c>null</c> means the project's own organization. Returns when; <c>null</c>
    /// if it has given nothing.
    /// </summary>
    [Alias("RemoveOfProject")]
    Task<DateTimeOffset?> RemoveOfProjectAsync(Caller caller, string projectId, string? organizationId);
}
