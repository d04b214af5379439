namespace Orleans.Sessions.Expiry;

/// <summary>
/// Does what no request does, once in the cluster (key 0): publishes the expiry of sessions that are not in memory, finishes what
/// a dead node left incomplete, and deletes rows after the retention. Every node calls it regularly; additional calls are harmless.
/// </summary>
[Alias("sessions.ISweeperGrain")]
internal interface ISweeperGrain : IGrainWithIntegerKey
{
    /// <summary>Sweeps, unless a sweep was done within the interval.</summary>
    [Alias("Sweep")]
    Task SweepAsync();
}
