using Orleans.Sessions.Projects;

namespace Orleans.Sessions.Storage;

/// <summary>
/// Finds the authorizations of users. The database updates it in the transactions that write the roles of a user, and that delete a user.
/// Every method fails with <see cref="StoreUnavailableException"/>.
/// </summary>
public interface IRoleAssignmentDirectory
{
    /// <summary>The id of the user who has an authorization; <c>null</c> if there is none with this id.</summary>
    Task<string?> FindUserAsync(string id, CancellationToken cancellationToken);

    /// <summary>
    /// Finds a page of authorizations of users that are not deleted. <see cref="RoleAssignmentFilter.ProjectName"/> is not supported: the
    /// database does not know the names of projects.
    /// </summary>
    Task<DirectoryPage<RoleAssignmentRow>> SearchAsync(
        RoleAssignmentQuery query,
        Visibility visibility,
        CancellationToken cancellationToken
    );

    /// <summary>Counts all matches of a search. Fails with <c>QUERY-Count1</c> if that takes too long.</summary>
    Task<long> CountAsync(RoleAssignmentQuery query, Visibility visibility, CancellationToken cancellationToken);

    /// <summary>
    /// Deletes at most <paramref name="limit"/> authorizations for the project that was created at <paramref name="projectCreatedAt"/>:
    /// those that one organization, or with <c>null</c> any, gave until <paramref name="until"/>. Returns their number.
    /// </summary>
    Task<int> DropProjectAsync(
        string projectId,
        DateTimeOffset projectCreatedAt,
        string? organizationId,
        DateTimeOffset until,
        int limit,
        CancellationToken cancellationToken
    );

    /// <summary>
    /// Takes a role out of at most <paramref name="limit"/> authorizations for a project that were changed until <paramref name="until"/>,
    /// of one organization or, with <c>null</c>, of all. Returns their number.
    /// </summary>
    Task<int> DropRoleAsync(
        string projectId,
        string? organizationId,
        string roleKey,
        DateTimeOffset until,
        int limit,
        CancellationToken cancellationToken
    );
}
