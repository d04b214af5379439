namespace Orleans.Sessions.Directory;

/// <summary>The names that grains and the storage of a silo share.</summary>
public static class StorageNames
{
    /// <summary>The grain storage provider.</summary>
    public const string Provider = "sessions";

    /// <summary>The state of a session grain. Many session states are written in one batch, and the directory reads them.</summary>
    public const string SessionState = "session";
}
