namespace Orleans.Sessions.Faults.Storms;

/// <summary>An unusual load that must not slow other users.</summary>
internal abstract class Storm
{
    /// <summary>The name on the command line.</summary>
    public abstract string Name { get; }

    /// <summary>Whether the service keeps its data in SQLite, not in PostgreSQL.</summary>
    public virtual bool IsEmbedded => false;

    /// <summary>Settings of the service in addition to the usual ones.</summary>
    public virtual IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string>();

    /// <summary>Creates the data of the storm before the measurement begins.</summary>
    public virtual Task PrepareAsync(StormScene scene) => Task.CompletedTask;

    /// <summary>Starts the storm. Returns when the service has worked off all of it.</summary>
    public abstract Task RageAsync(StormScene scene);

    /// <summary>Checks the data afterwards.</summary>
    public virtual Task InquireAsync(StormScene scene) => Task.CompletedTask;
}
