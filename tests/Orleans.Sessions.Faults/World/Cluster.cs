using System.Globalization;

namespace Orleans.Sessions.Faults.World;

/// <summary>
/// Three nodes and their database, each a machine of its own as far as the network goes, or all on loopback where no networks may be made.
/// </summary>
public sealed class Cluster : IAsyncDisposable
{
    /// <summary>The database as a member of the network.</summary>
    public const string Database = "database";

    private static readonly string[] s_names = ["node1", "node2", "node3"];

    private readonly List<string> _folders = [];

    private Cluster(Network? network, PostgreSqlServer server) => (Network, Server) = (network, server);

    /// <summary>How long a replaced token is good.</summary>
    public static TimeSpan Grace { get; } = TimeSpan.FromSeconds(3);

    /// <summary>The network; <c>null</c>: all are on loopback.</summary>
    public Network? Network { get; }

    public PostgreSqlServer Server { get; }

    public IReadOnlyList<Node> Nodes { get; private set; } = [];

    /// <summary>The first administrator's token.</summary>
    public string AdminToken { get; private set; } = "";

    /// <summary>Starts everything, and returns when all nodes are ready.</summary>
    public static async Task<Cluster> StartAsync(Action<string> log)
    {
        var network = await Network.TryCreateAsync([.. s_names, Database]);
        log(network is null
            ? "no network namespaces may be made here: all nodes are on loopback"
            : "each node and the database is in a network namespace of its own");
        try
        {
            var server = await PostgreSqlServer.StartAsync(network is null
                ? null : new PostgreSqlPlace { Address = network.Address(Database), Within = network.Within(Database) });
            var cluster = new Cluster(network, server);
            try
            {
                await cluster.StartNodesAsync(log);
                return cluster;
            }
            catch
            {
                await cluster.DisposeAsync();
                throw;
            }
        }
        catch when (network is not null)
        {
            await network.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in Nodes)
        {
            await node.DisposeAsync();
        }

        await Server.DisposeAsync();
        if (Network is not null)
        {
            await Network.DisposeAsync();
        }

        _folders.ForEach(folder => Directory.Delete(folder, recursive: true));
    }

    private async Task StartNodesAsync(Action<string> log)
    {
        var connectionString = await Server.CreateDatabaseAsync();
        Nodes = [.. s_names.Select(name => NewNode(name, connectionString, log))];
        await Nodes[0].LaunchAsync();
        await Nodes[0].Process.WaitReadyAsync();
        AdminToken = Nodes[0].Process.AdminToken;
        await Task.WhenAll(Nodes.Skip(1).Select(node => node.LaunchAsync()));
        await Task.WhenAll(Nodes.Select(node => node.Process.WaitReadyAsync()));
    }

    private Node NewNode(string name, string connectionString, Action<string> log)
    {
        var folder = HostProcess.NewFolder();
        _folders.Add(folder);
        var place = Network is null ? HostPlace.Next() : new HostPlace(new Uri($"http://{Network.Address(name)}:8080"))
        {
            Command = [.. Network.Within(name), "dotnet", Binaries.Host],
        };
        return new Node(name, place, Settings(place, connectionString, folder), log);
    }

    /// <summary>As in production, but that hashing is cheap and nobody is limited: the clients are one address.</summary>
    private Dictionary<string, string> Settings(HostPlace place, string connectionString, string folder)
    {
        var port = () => Ports.Next().ToString(CultureInfo.InvariantCulture);
        return new Dictionary<string, string>
        {
            [Setting.DataPath] = folder,
            [Setting.ConnectionString] = connectionString,
            ["Sessions__Cluster__Address"] = place.Address.Host,
            [Setting.SiloPort] = Network is null ? port() : "11111",
            [Setting.GatewayPort] = Network is null ? port() : "30000",
            [Setting.LogLevel] = "Warning",
            [Setting.TokenGrace] = Grace.ToString("c"),
            [Setting.HashAlgorithm] = "Pbkdf2Sha256",
            [Setting.Pbkdf2Rounds] = "1000",
            [Setting.HashesPerUser] = "100",
            [Setting.TarpitMaxDelay] = "00:00:00",
            ["Sessions__Limits__Enabled"] = "false",
            ["DOTNET_gcServer"] = "0",
        };
    }
}
