using Orleans.Sessions.Cluster;

namespace Orleans.Sessions;

/// <summary>Gives ranges of ids to processes. The key is 0; there may be any number of activations.</summary>
[Alias("sessions.IIdRangesGrain")]
[OpenToClusterClients]
public interface IIdRangesGrain : IGrainWithIntegerKey
{
    /// <summary>Reserves the ids for one minute. No other call gets the same ids, now or later. Fails with <c>SESSION-Store</c>.</summary>
    [Alias("Reserve")]
    Task<IdRange> ReserveAsync();
}
