using Orleans.Runtime;

namespace Orleans.Sessions.Cluster;

/// <summary>The leases of the cluster's nodes, kept where its membership is.</summary>
public interface ILeaseTable
{
    /// <summary>
    /// Renews the lease of <paramref name="silo"/>, if it is a member, and reads the membership. Fails with
    /// <c>StoreUnavailableException</c>.
    /// </summary>
    Task<LeaseReading> RenewAsync(SiloAddress silo, TimeSpan length, CancellationToken cancellationToken);

    /// <summary>Notes that these nodes do not answer from memory any more. Fails with <c>StoreUnavailableException</c>.</summary>
    Task EndAsync(IReadOnlyCollection<SiloAddress> silos, CancellationToken cancellationToken);
}
