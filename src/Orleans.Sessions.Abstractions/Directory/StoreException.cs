namespace Orleans.Sessions.Directory;

/// <summary>The database could not be reached or did not answer in time. Nothing was changed that was not already acknowledged.</summary>
public sealed class StoreUnavailableException : Exception
{
    /// <summary>Wraps what the database driver said; it goes to the log, never to a client.</summary>
    public StoreUnavailableException(string message, Exception cause) : base(message, cause)
    {
    }
}
