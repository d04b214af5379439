namespace Orleans.Sessions.Directory;

/// <summary>The names by which grains and the storage of a silo find each other.</summary>
public static class StorageNames
{
    /// <summary>The grain storage provider.</summary>
    public const string Provider = "sessions";

    /// <summary>The state of a session grain, of which many are written at once and which the directory reads.</summary>
    public const string SessionState = "session";
}
