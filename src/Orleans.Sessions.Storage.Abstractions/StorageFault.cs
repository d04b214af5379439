namespace Orleans.Sessions.Storage;

/// <summary>The kind of a storage failure.</summary>
public enum StorageFault
{
    /// <summary>The exception does not come from the storage.</summary>
    None,

    /// <summary>Another write changed, added or deleted the row since it was read. Nothing was written.</summary>
    Conflict,

    /// <summary>Another row already has this unique value, for example the login name. Nothing was written.</summary>
    UniqueViolation,

    /// <summary>The write would have removed the last instance owner. Nothing was written.</summary>
    LastOwner,

    /// <summary>The database could not be reached or did not answer in time. It is unknown whether the data was written.</summary>
    Unavailable,

    /// <summary>The database refused for a reason that a retry does not fix.</summary>
    Other,

    /// <summary>The cluster voted out the silo that tried to write. Nothing was written.</summary>
    VotedOut,
}
