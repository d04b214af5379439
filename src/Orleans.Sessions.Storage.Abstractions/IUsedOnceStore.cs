namespace Orleans.Sessions.Storage;

/// <summary>Remembers, for the whole installation, the keys that may be used only once.</summary>
public interface IUsedOnceStore
{
    /// <summary>
    /// Whether <paramref name="attempt"/> is the first to use <paramref name="key"/>. The answer is durable, and a repeated call gets the
    /// same answer. The key is remembered at least until <paramref name="until"/>.
    /// </summary>
    Task<bool> TryUseAsync(string key, string attempt, DateTimeOffset until, CancellationToken cancellationToken);

    /// <summary>
    /// Deletes at most <paramref name="limit"/> keys whose retention ended before <paramref name="now"/>. Returns the number of deleted
    /// keys.
    /// </summary>
    Task<int> PurgeAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken);
}
