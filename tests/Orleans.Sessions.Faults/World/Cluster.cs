using System.Globalization;

namespace Orleans.Sessions.Faults.World;

/// <summary>
/// Three nodes and their database. In the network each is a machine of its own; if no networks can be created, all are on loopback.
/// </summary>
public sealed class Cluster : IAsyncDisposable
{
    private const string Spare = "spare";

    private static readonly string[] s_nodes = ["node1", "node2", "node3"];
    private static readonly string[] s_servers = ["postgres1", "postgres2"];

    private readonly Action<string> _log;
    private readonly List<string> _folders = [];
    private PostgreSqlServer? _server;
    private PostgreSqlServer? _standby;
    private string _serverName = s_servers[0];

    private Cluster(Network? network, SmallDisk? disk, Action<string> log) => (Network, DatabaseDisk, _log) = (network, disk, log);

    /// <summary>How long a replaced token is good.</summary>
    public static TimeSpan Grace { get; } = TimeSpan.FromSeconds(3);

    /// <summary>The network; <c>null</c> if all are on loopback.</summary>
    public Network? Network { get; }

    /// <summary>The disk of the database, if it is not the system's disk.</summary>
    public SmallDisk? DatabaseDisk { get; }

    public PostgreSqlServer Server => _server ?? throw new InvalidOperationException("The database is not started.");

    public IReadOnlyList<Node> Nodes { get; private set; } = [];

    /// <summary>The first administrator's token.</summary>
    public string AdminToken { get; private set; } = "";

    /// <summary>Starts everything, and returns when all nodes are ready.</summary>
    /// <param name="isOnLoopback">Whether to use loopback even if a network is possible.</param>
    /// <param name="hasSmallDisk">Whether to put the database on a small disk, if that is possible.</param>
    /// <param name="assembly">Another build of the service for the nodes to start with; <c>null</c> for this one.</param>
    /// <param name="log">Writes messages for people.</param>
    public static async Task<Cluster> StartAsync(bool isOnLoopback, bool hasSmallDisk, string? assembly, Action<string> log)
    {
        var network = isOnLoopback ? null : await Network.TryCreateAsync([.. s_nodes, .. s_servers]);
        log(network is null ? "all nodes are on loopback" : "each node and the database is in a network namespace of its own");
        var cluster = new Cluster(network, hasSmallDisk ? await SmallDisk.TryCreateAsync() : null, log);
        try
        {
            await cluster.StartAsync(assembly);
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>Adds a standby of the database. From then on the standby has every commit before it is acknowledged.</summary>
    public async Task AddStandbyAsync()
    {
        _serverName = s_servers.First(name => name != _serverName);
        _standby = await Server.AddStandbyAsync(PlaceOf(_serverName));
    }

    /// <summary>The database crashes, and the standby takes over.</summary>
    public async Task PromoteStandbyAsync()
    {
        var (old, standby) = (Server, _standby ?? throw new InvalidOperationException("There is no standby."));
        await old.StopAsync();
        await standby.PromoteAsync();
        await Network!.GiveDatabaseToAsync(_serverName);
        (_server, _standby) = (standby, null);
        await old.DisposeAsync();
    }

    /// <summary>A node on loopback, in a cluster of its own on another database.</summary>
    public Node NewSpareNode(string connectionString) => NewNode(Spare, HostPlace.Next(), connectionString);

    public async ValueTask DisposeAsync()
    {
        foreach (var node in Nodes)
        {
            await node.DisposeAsync();
        }

        IAsyncDisposable?[] rest = [_standby, _server, Network, DatabaseDisk];
        foreach (var disposable in rest.OfType<IAsyncDisposable>())
        {
            await disposable.DisposeAsync();
        }

        _folders.ForEach(folder => Directory.Delete(folder, recursive: true));
    }

    private async Task StartAsync(string? assembly)
    {
        if (Network is not null)
        {
            await Network.GiveDatabaseToAsync(_serverName);
        }

        _server = await PostgreSqlServer.StartAsync(PlaceOf(_serverName));
        var connectionString = await Server.CreateDatabaseAsync();
        Nodes = [.. s_nodes.Select(name => NewNode(name, PlaceOfNode(name), connectionString))];
        foreach (var node in Nodes)
        {
            node.Become(assembly);
        }

        await Nodes[0].LaunchAsync();
        await Nodes[0].Process.WaitReadyAsync();
        AdminToken = Nodes[0].Process.AdminToken;
        await Task.WhenAll(Nodes.Skip(1).Select(node => node.LaunchAsync()));
        await Task.WhenAll(Nodes.Select(node => node.Process.WaitReadyAsync()));
    }

    private PostgreSqlPlace PlaceOf(string server)
    {
        var place = new PostgreSqlPlace { Folder = DatabaseDisk?.Folder ?? Path.GetTempPath() };
        return Network is null
            ? place
            : place with
            {
                Address = Network.Address(Network.Database),
                ListensEverywhere = true,
                Within = Network.Within(server),
            };
    }

    private HostPlace PlaceOfNode(string name)
    {
        var words = Network?.Within(name) ?? [];
        return Network is null
            ? HostPlace.Next()
            : new HostPlace(new Uri($"http://{Network.Address(name)}:8080")) { Command = [.. words, "dotnet", Binaries.Host] };
    }

    private Node NewNode(string name, HostPlace place, string connectionString)
    {
        var folder = HostProcess.NewFolder();
        _folders.Add(folder);
        return new Node(name, place, Settings(place, connectionString, folder), _log);
    }

    /// <summary>Settings as in production, except that hashing is cheap and limits are off, because all clients have one address.</summary>
    private static Dictionary<string, string> Settings(HostPlace place, string connectionString, string folder)
    {
        var port = () => Ports.Next().ToString(CultureInfo.InvariantCulture);
        return new Dictionary<string, string>
        {
            [Setting.DataPath] = folder,
            [Setting.ConnectionString] = connectionString,
            ["Sessions__Cluster__Address"] = place.Address.Host,
            [Setting.SiloPort] = port(),
            [Setting.GatewayPort] = port(),
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
