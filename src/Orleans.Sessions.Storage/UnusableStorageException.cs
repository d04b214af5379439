namespace Orleans.Sessions.Storage;

/// <summary>The embedded database cannot be used as it is. Starting again does not help: somebody has to do what the message says.</summary>
public sealed class UnusableStorageException : Exception
{
    /// <summary>Says what is wrong, and what to do.</summary>
    public UnusableStorageException(string message)
        : base(message)
    {
    }

    /// <summary>Says what is wrong, and what to do.</summary>
    public UnusableStorageException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Says nothing.</summary>
    public UnusableStorageException()
    {
    }
}
