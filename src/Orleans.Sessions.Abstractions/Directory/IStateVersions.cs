namespace Orleans.Sessions.Directory;

/// <summary>
/// Reads the versions of stored records, those that are asked for at the same time in one query: after a node has died, that is all of
/// them.
/// </summary>
public interface IStateVersions
{
    /// <summary>The version, as the storage provider calls it; <c>null</c>: there is no such record.</summary>
    Task<string?> OfAsync(string stateName, string key);
}
