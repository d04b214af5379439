namespace Orleans.Sessions.Storage;

/// <summary>The database could not be reached or did not answer in time. Only changes that were already acknowledged are certain.</summary>
public sealed class StoreUnavailableException : Exception
{
    /// <summary>Wraps the exception of the database driver. It goes to the log, never to a client.</summary>
    public StoreUnavailableException(string message, Exception cause)
        : base(message, cause) { }
}
