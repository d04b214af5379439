namespace Orleans.Sessions.Storage;

/// <summary>Finds the rows of logins at external providers that are no longer needed.</summary>
public interface IIntentDirectory
{
    /// <summary>
    /// Deletes at most <paramref name="limit"/> intents whose retention has ended at <paramref name="now"/>. Returns the number of deleted
    /// intents.
    /// </summary>
    Task<int> PurgeAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken);
}
