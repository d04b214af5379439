namespace Orleans.Sessions.Directory;

/// <summary>Finds the rows of logins at external providers that nobody needs any more.</summary>
public interface IIntentDirectory
{
    /// <summary>Deletes at most <paramref name="limit"/> intents whose time to be kept is over at <paramref name="now"/>; returns how many.</summary>
    Task<int> PurgeAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken);
}
