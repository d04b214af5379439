using Orleans.Concurrency;

namespace Orleans.Sessions.Expiry;

/// <summary>
/// Does, once in the cluster (key 0), what no request does: publishes the expiry of sessions that are not in memory, finishes what
/// a dead node left half done, and deletes rows after the retention. Every node pokes it; more often than needed is harmless.
/// </summary>
[Alias("sessions.ISweeperGrain")]
public interface ISweeperGrain : IGrainWithIntegerKey
{
    /// <summary>Sweeps, unless somebody did within the interval.</summary>
    [Alias("Sweep")]
    Task SweepAsync();
}
