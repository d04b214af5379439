namespace Orleans.Sessions.Directory;

/// <summary>
/// Says what a failed read or write of grain state means, so that a grain can answer with a typed error without
/// knowing the database: drivers' exceptions cannot even be sent to a caller.
/// </summary>
public interface IStorageFaults
{
    /// <summary>Looks through the wrappers around <paramref name="exception"/>.</summary>
    StorageFault Classify(Exception exception);
}

/// <summary>What went wrong with the storage.</summary>
public enum StorageFault
{
    /// <summary>The exception does not come from the storage.</summary>
    None,

    /// <summary>The row changed (or appeared, or went) since it was read: nothing was written.</summary>
    Conflict,

    /// <summary>Another row already has this unique value, e.g. the login name: nothing was written.</summary>
    UniqueViolation,

    /// <summary>It would have taken the last instance owner away: nothing was written.</summary>
    LastOwner,

    /// <summary>The database could not be reached or did not answer in time; whether it was written is unknown.</summary>
    Unavailable,

    /// <summary>The database refused for a reason that a retry does not cure.</summary>
    Other,

    /// <summary>The silo that writes was voted out of the cluster; nothing was written.</summary>
    VotedOut,
}
