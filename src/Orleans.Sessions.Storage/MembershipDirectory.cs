using System.Net;

namespace Orleans.Sessions.Storage;

/// <summary>Reads who is a member of the cluster, for what Orleans does not ask. PostgreSQL only.</summary>
public sealed class MembershipDirectory
{
    private readonly Database _database;
    private readonly string _clusterId;

    internal MembershipDirectory(Database database, string clusterId) => (_database, _clusterId) = (database, clusterId);

    /// <summary>The names of the machines whose silos are, or were last known to be, alive at this endpoint.</summary>
    public async Task<IReadOnlyList<string>> MachinesAtAsync(IPEndPoint endpoint, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        return await new SqlQuery()
            .With("cluster", _clusterId).With("address", endpoint.Address.ToString()).With("port", endpoint.Port).With("dead", (int)Runtime.SiloStatus.Dead)
            .ReadAsync(
                _database,
                "select host_name from membership where deployment_id = @cluster and address = @address and port = @port and status <> @dead",
                row => row.GetString(0),
                cancellationToken);
    }
}
