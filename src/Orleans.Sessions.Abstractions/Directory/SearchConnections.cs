namespace Orleans.Sessions.Directory;

/// <summary>The connections to the database that are for searches over sessions and users.</summary>
public static class SearchConnections
{
    /// <summary>How many a node has, and so how many searches it runs at once.</summary>
    public const int Count = 8;
}
