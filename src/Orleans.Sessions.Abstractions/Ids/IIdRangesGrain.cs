using Orleans.Sessions.Cluster;

namespace Orleans.Sessions;

/// <summary>Gives ranges of ids to processes (key 0; any number of activations).</summary>
[Alias("sessions.IIdRangesGrain")]
[OpenToClusterClients]
public interface IIdRangesGrain : IGrainWithIntegerKey
{
    /// <summary>A minute of ids that nobody got before and nobody will get again. Fails with <c>SESSION-Store</c>.</summary>
    [Alias("Reserve")]
    Task<IdRange> ReserveAsync();
}
