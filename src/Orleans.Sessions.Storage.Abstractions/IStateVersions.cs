namespace Orleans.Sessions.Storage;

/// <summary>
/// Reads the versions of stored records. Requests that arrive at the same time share one query: after the death of a node, all records of
/// that node are asked for at once.
/// </summary>
public interface IStateVersions
{
    /// <summary>The version (ETag) that the storage provider uses; <c>null</c> if no such record exists.</summary>
    Task<string?> OfAsync(string stateName, string key);
}
