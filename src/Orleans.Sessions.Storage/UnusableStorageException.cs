namespace Orleans.Sessions.Storage;

/// <summary>The embedded database cannot be used as it is. A restart does not help: an operator must do what the message says.</summary>
public sealed class UnusableStorageException : Exception
{
    /// <summary>Explains what is wrong, and what to do.</summary>
    public UnusableStorageException(string message)
        : base(message) { }

    /// <summary>Explains what is wrong, and what to do.</summary>
    public UnusableStorageException(string message, Exception innerException)
        : base(message, innerException) { }

    /// <summary>Explains nothing.</summary>
    public UnusableStorageException() { }
}
