namespace Orleans.Sessions.Directory;

/// <summary>Tells what a storage exception means, so that grains need not know any database driver.</summary>
public interface IStorageFaults
{
    /// <summary>The meaning of <paramref name="exception"/> or of what it wraps.</summary>
    StorageFault Classify(Exception exception);
}

/// <summary>What went wrong in storage.</summary>
public enum StorageFault
{
    /// <summary>Something else: a defect.</summary>
    Other,

    /// <summary>The row was changed, made or deleted by somebody else.</summary>
    Conflict,

    /// <summary>A value that must be unique is taken.</summary>
    UniqueViolation,

    /// <summary>The database is away or too slow.</summary>
    Unavailable,
}
