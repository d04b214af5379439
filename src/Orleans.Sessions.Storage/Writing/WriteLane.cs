namespace Orleans.Sessions.Storage;

/// <summary>Writes that wait for a transaction, in the order in which they came. The caller synchronizes.</summary>
internal sealed class WriteLane
{
    private List<DatabaseWrite> _waiting = [];

    public bool IsEmpty => _waiting.Count == 0;

    /// <summary>Since when the first write waits; <c>null</c> if no write waits.</summary>
    public long? Since => IsEmpty ? null : _waiting[0].Since;

    public void Add(DatabaseWrite write) => _waiting.Add(write);

    /// <summary>Takes the writes of the next transaction, at most <paramref name="max"/>.</summary>
    public List<DatabaseWrite> Take(int max)
    {
        var (group, later, keys) = (new List<DatabaseWrite>(), new List<DatabaseWrite>(), new HashSet<StateKey>());
        foreach (var write in _waiting)
        {
            (group.Count < max && (write.Key is null || keys.Add(write.Key)) ? group : later).Add(write);
        }

        _waiting = later;
        return group;
    }
}
