using Orleans.Runtime;

namespace Orleans.Sessions.Cluster;

/// <summary>The leases of the cluster's nodes. They are stored with the cluster's membership.</summary>
public interface ILeaseTable
{
    /// <summary>
    /// Renews the lease of <paramref name="silo"/> if it is a member, and reads the membership. Fails with
    /// <c>StoreUnavailableException</c>.
    /// </summary>
    Task<LeaseReading> RenewAsync(SiloAddress silo, TimeSpan length, CancellationToken cancellationToken);

    /// <summary>Records that these nodes no longer answer from memory. Fails with <c>StoreUnavailableException</c>.</summary>
    Task EndAsync(IReadOnlyCollection<SiloAddress> silos, CancellationToken cancellationToken);
}
