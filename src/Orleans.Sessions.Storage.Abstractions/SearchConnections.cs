namespace Orleans.Sessions.Storage;

/// <summary>The database connections that are reserved for searches of sessions and users.</summary>
public static class SearchConnections
{
    /// <summary>The number of such connections of a node, and so the number of searches it runs at the same time.</summary>
    public const int Count = 8;
}
