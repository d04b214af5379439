namespace Orleans.Sessions.Storage;

/// <summary>Finds users by something other than their id. The database updates it in the transaction that writes the user.</summary>
public interface IUserDirectory
{
    /// <summary>The id of the user whose login name has this key; <c>null</c> if no user has it.</summary>
    Task<string?> FindByLoginNameAsync(string loginNameKey, CancellationToken cancellationToken);

    /// <summary>The id of the user who is linked to this person at an external provider; <c>null</c> if no user is linked.</summary>
    Task<string?> FindByIdentityAsync(string providerId, string externalId, CancellationToken cancellationToken);

    /// <summary>The ids of at most <paramref name="limit"/> users who have verified the e-mail address with this key.</summary>
    Task<IReadOnlyList<string>> FindByVerifiedEmailAsync(string emailKey, int limit, CancellationToken cancellationToken);

    /// <summary>Finds a page of users that are not deleted. Rows are the stored users, JSON in UTF-8.</summary>
    Task<DirectoryPage<ReadOnlyMemory<byte>>> SearchAsync(UserQuery query, Visibility visibility, CancellationToken cancellationToken);

    /// <summary>
    /// Counts all users that the search finds, however many. Fails with <c>QUERY-Count1</c> if that takes longer than a search may.
    /// </summary>
    Task<long> CountAsync(UserQuery query, Visibility visibility, CancellationToken cancellationToken);

    /// <summary>
    /// At most <paramref name="limit"/> users with administrator roles that are not deleted, of <paramref name="userIds"/> if it is not
    /// <c>null</c>, ordered by their ids, of those after <paramref name="afterId"/>; <c>null</c> begins with the first. Rows are the stored
    /// users, JSON in UTF-8.
    /// </summary>
    Task<IReadOnlyList<ReadOnlyMemory<byte>>> WithRolesAsync(
        IReadOnlyList<string>? userIds,
        string? afterId,
        int limit,
        CancellationToken cancellationToken
    );

    /// <summary>
    /// The ids of at most <paramref name="limit"/> users whose sessions must still be ended, because a node died while it ended them.
    /// </summary>
    Task<IReadOnlyList<string>> EndingSessionsAsync(int limit, CancellationToken cancellationToken);

    /// <summary>
    /// The people of an organization who are not deleted, oldest first, at most <paramref name="limit"/> of those after the one with this
    /// creation date and id; <c>null</c> begins with the first. Rows are the stored users, JSON in UTF-8.
    /// </summary>
    Task<IReadOnlyList<ReadOnlyMemory<byte>>> OfOrganizationAsync(
        string organizationId,
        DateTimeOffset? afterCreatedAt,
        string? afterId,
        int limit,
        CancellationToken cancellationToken
    );

    /// <summary>At most <paramref name="limit"/> of the organizations to which owners of the installation belong.</summary>
    Task<IReadOnlyList<string>> OrganizationsOfOwnersAsync(int limit, CancellationToken cancellationToken);
}
