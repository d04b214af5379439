using System.Collections.Immutable;
using Orleans.Concurrency;

namespace Orleans.Sessions.Projects;

/// <summary>
/// The registry of projects (key <see cref="GrainKeys.Instance"/>). A change is durable when the method returns. Every method with a caller
/// needs a permission on the project's organization; a caller without it does not learn whether the project exists. Fails with
/// <c>COMMAND-3M9sd</c> if a permitted caller names a project that does not exist. Changes, except the deletion of a project, fail with
/// <c>PROJECT-Org02</c> if the project's organization is deactivated or deleted, and removals with <c>PROJECT-Mx003</c> if too many are
/// not settled yet.
/// </summary>
[Alias("sessions.IProjectsGrain")]
public interface IProjectsGrain : IGrainWithStringKey
{
    /// <summary>The maximum number of projects.</summary>
    const int MaxProjects = 1000;

    /// <summary>The maximum number of roles of a project.</summary>
    const int MaxRoles = 200;

    /// <summary>The maximum number of organizations to which a project is granted.</summary>
    const int MaxGrants = 200;

    /// <summary>
    /// The maximum number of projects of an organization, and of its applications, for callers without <c>project.write</c> on the
    /// instance.
    /// </summary>
    const int MaxOfOrganization = 100;

    /// <summary>The maximum number of roles, grants and granted roles of all projects together, which bounds the registry.</summary>
    const int MaxParts = 20_000;

    /// <summary>
    /// The maximum number of these of an organization's projects, for callers without <c>project.write</c> on the instance.
    /// </summary>
    const int MaxPartsOfOrganization = 2000;

    /// <summary>
    /// The project as it counts at present; <c>null</c> if no project has this id. A project of an organization that is deactivated or
    /// deleted is inactive, and so is a grant to such a one. In-cluster only.
    /// </summary>
    [AlwaysInterleave]
    [Alias("Find")]
    Task<Project?> FindAsync(string projectId);

    /// <summary>Whether a project has this id, or is being created with it. In-cluster only.</summary>
    [AlwaysInterleave]
    [Alias("Has")]
    Task<bool> HasAsync(string projectId);

    /// <summary>
    /// The project, if the caller has the permission on its organization. Any other permission than <c>project.read</c> also needs an open
    /// organization.
    /// </summary>
    [AlwaysInterleave]
    [Alias("Authorize")]
    Task<Project> AuthorizeAsync(Caller caller, string projectId, Permission permission);

    /// <summary>
    /// Reads a project: <c>project.read</c> on its organization or on one to which it is granted. Such a one does not see other grants.
    /// </summary>
    [AlwaysInterleave]
    [Alias("Get")]
    Task<Project> GetAsync(Caller caller, string projectId);

    /// <summary>The projects that the caller may read, ordered by id.</summary>
    [AlwaysInterleave]
    [Alias("List")]
    Task<ImmutableArray<Project>> ListAsync(Caller caller);

    /// <summary>
    /// Creates a project. The same command again returns the same answer. Needs <c>project.write</c>. Fails with <c>PROJECT-Ex001</c> (id
    /// or name taken), <c>PROJECT-In001</c> (invalid value), <c>PROJECT-Org01</c> (no such organization), <c>PROJECT-Mx001</c> or
    /// <c>PROJECT-Mx002</c> (the organization has its share).
    /// </summary>
    [Alias("Create")]
    Task<Project> CreateAsync(Caller caller, NewProject command);

    /// <summary>Changes a project. Needs <c>project.write</c>. Fails as <see cref="CreateAsync"/>.</summary>
    [Alias("Update")]
    Task<Project> UpdateAsync(Caller caller, string projectId, ProjectChange change);

    /// <summary>
    /// Deactivates or activates a project. Needs <c>project.write</c>. Fails with <c>COMMAND-mki55</c> or <c>COMMAND-5M9bs</c> if it
    /// already is.
    /// </summary>
    [Alias("SetActive")]
    Task<Project> SetActiveAsync(Caller caller, string projectId, bool isActive);

    /// <summary>
    /// Deletes a project with its applications and all authorizations. Returns when; <c>null</c> if there is none. From the first moment
    /// on nobody has its roles and nobody can log in. Needs <c>project.delete</c>.
    /// </summary>
    [Alias("Delete")]
    [ResponseTimeout("00:01:00")]
    Task<DateTimeOffset?> DeleteAsync(Caller caller, string projectId);

    /// <summary>
    /// Adds a role. Adding the same role again returns the same answer. Needs <c>project.write</c>. Fails with <c>PROJECT-Rol02</c> (key
    /// taken), <c>PROJECT-In001</c>, <c>PROJECT-Mx001</c> or <c>PROJECT-Mx002</c> (the organization has its share).
    /// </summary>
    [Alias("AddRole")]
    Task<ProjectRole> AddRoleAsync(Caller caller, string projectId, ProjectRoleChange role);

    /// <summary>
    /// Changes a role. Needs <c>project.write</c>. Fails with <c>PROJECT-Rol01</c> (no such role) or <c>PROJECT-In001</c>.
    /// </summary>
    [Alias("UpdateRole")]
    Task<ProjectRole> UpdateRoleAsync(Caller caller, string projectId, ProjectRoleChange role);

    /// <summary>
    /// Adds a role, or changes the role with this key. Needs <c>project.write</c>. Fails with <c>PROJECT-In001</c> or <c>PROJECT-Mx001</c>.
    /// </summary>
    [Alias("SetRole")]
    Task<ProjectRole> SetRoleAsync(Caller caller, string projectId, ProjectRoleChange role);

    /// <summary>
    /// Removes a role and takes it from everybody who has it. Returns when; <c>null</c> if there is none. Needs <c>project.write</c>.
    /// </summary>
    [Alias("RemoveRole")]
    [ResponseTimeout("00:01:00")]
    Task<DateTimeOffset?> RemoveRoleAsync(Caller caller, string projectId, string key);

    /// <summary>
    /// Grants the project to an organization. Needs <c>project.write</c>. Fails with <c>PROJECT-Gra02</c> (there is a grant),
    /// <c>PROJECT-Rol01</c> (no such role), <c>PROJECT-Org01</c> (no such organization, or the owner),
    /// <c>PROJECT-Mx001</c> or <c>PROJECT-Mx002</c>.
    /// </summary>
    [Alias("AddGrant")]
    Task<ProjectGrant> AddGrantAsync(Caller caller, string projectId, string organizationId, ImmutableArray<string> roleKeys);

    /// <summary>
    /// Replaces the roles of a grant. Needs <c>project.write</c>. Fails with <c>PROJECT-Gra01</c> (no such grant), <c>PROJECT-Rol01</c>,
    /// <c>PROJECT-Mx001</c> or <c>PROJECT-Mx002</c>.
    /// </summary>
    [Alias("UpdateGrant")]
    [ResponseTimeout("00:01:00")]
    Task<ProjectGrant> UpdateGrantAsync(Caller caller, string projectId, string organizationId, ImmutableArray<string> roleKeys);

    /// <summary>
    /// Grants the project to an organization with exactly these roles, whether or not there is a grant. Needs <c>project.write</c>. Fails
    /// with <c>PROJECT-Rol01</c>, <c>PROJECT-Org01</c> or <c>PROJECT-Mx001</c>.
    /// </summary>
    [Alias("SetGrant")]
    [ResponseTimeout("00:01:00")]
    Task<ProjectGrant> SetGrantAsync(Caller caller, string projectId, string organizationId, ImmutableArray<string> roleKeys);

    /// <summary>
    /// Deactivates or activates a grant. Needs <c>project.write</c>. Fails with <c>PROJECT-Gra01</c>, or with <c>PROJECT-Gra03</c> or
    /// <c>PROJECT-Gra04</c> if it already is.
    /// </summary>
    [Alias("SetGrantActive")]
    Task<ProjectGrant> SetGrantActiveAsync(Caller caller, string projectId, string organizationId, bool isActive);

    /// <summary>
    /// Removes a grant and the authorizations that the organization gave. Returns when; <c>null</c> if there is none. Needs
    /// <c>project.write</c>.
    /// </summary>
    [Alias("RemoveGrant")]
    [ResponseTimeout("00:01:00")]
    Task<DateTimeOffset?> RemoveGrantAsync(Caller caller, string projectId, string organizationId);
}
