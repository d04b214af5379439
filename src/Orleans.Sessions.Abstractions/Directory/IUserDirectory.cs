namespace Orleans.Sessions.Directory;

/// <summary>Finds users by something other than their id. It is kept by the database in the transaction that writes the user.</summary>
public interface IUserDirectory
{
    /// <summary>The id of the user whose login name has this key.</summary>
    Task<string?> FindByLoginNameAsync(string loginNameKey, CancellationToken cancellationToken);

    /// <summary>The id of the user who is linked to this person at an external provider.</summary>
    Task<string?> FindByIdentityAsync(string providerId, string externalId, CancellationToken cancellationToken);

    /// <summary>Finds a page of users that are not deleted; rows are stored users, JSON in UTF-8.</summary>
    Task<DirectoryPage<ReadOnlyMemory<byte>>> SearchAsync(UserQuery query, Visibility visibility, CancellationToken cancellationToken);

    /// <summary>Ids of at most <paramref name="limit"/> users whose sessions are still to be ended: a node died while it was at it.</summary>
    Task<IReadOnlyList<string>> EndingSessionsAsync(int limit, CancellationToken cancellationToken);
}

/// <summary>Folds texts for comparison in any case, the same way for every database and whatever the globalization of the process.</summary>
public static class TextKey
{
    /// <summary>The folded form of <paramref name="text"/>. Fails with <c>SESSION-Text1</c> when no database can take it.</summary>
    [System.Diagnostics.CodeAnalysis.SuppressMessage("Globalization", "CA1308", Justification = "Lower case is what is stored and shown to operators.")]
    public static string Of(string text) => StorableText.Ensure(text).ToLowerInvariant();
}
