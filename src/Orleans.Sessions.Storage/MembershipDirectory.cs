using System.Net;

namespace Orleans.Sessions.Storage;

/// <summary>Reads the members of the cluster, for questions that Orleans does not answer. PostgreSQL only.</summary>
public sealed class MembershipDirectory
{
    private readonly Database _database;
    private readonly string _clusterId;

    internal MembershipDirectory(Database database, string clusterId) => (_database, _clusterId) = (database, clusterId);

    /// <summary>The names of the machines with a silo at this endpoint that is alive, or was when it last reported.</summary>
    public async Task<IReadOnlyList<string>> MachinesAtAsync(IPEndPoint endpoint, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        return await new SqlQuery()
            .With("cluster", _clusterId)
            .With("address", endpoint.Address.ToString())
            .With("port", endpoint.Port)
            .With("dead", (int)Runtime.SiloStatus.Dead)
            .ReadAsync(
                _database,
                "select host_name from membership where deployment_id = @cluster "
                    + "and address = @address and port = @port and status <> @dead",
                row => row.GetString(0),
                cancellationToken
            );
    }
}
