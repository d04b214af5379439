namespace Orleans.Sessions.Directory;

/// <summary>Remembers, for the whole installation, what counts once.</summary>
public interface IUsedOnceStore
{
    /// <summary>
    /// Whether <paramref name="attempt"/> is the first to use <paramref name="key"/>; durable when it is answered, and answered alike when it is asked again. Remembered until
    /// <paramref name="until"/> at least.
    /// </summary>
    Task<bool> TryUseAsync(string key, string attempt, DateTimeOffset until, CancellationToken cancellationToken);

    /// <summary>Forgets at most <paramref name="limit"/> keys that were to be remembered until before <paramref name="now"/>; answers with how many it did.</summary>
    Task<int> PurgeAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken);
}
