using System.Globalization;

namespace Orleans.Sessions.Faults.World;

/// <summary>
/// A private network. Each member is in a network namespace of its own, and a bridge joins them; this process is on the bridge. An entry in
/// the sender's neighbour table cuts one direction between two members: it points to a machine that does not exist. Packets then vanish
/// silently, as on a broken line, and no tool but <c>ip</c> is needed.
/// </summary>
public sealed class Network : IAsyncDisposable
{
    /// <summary>The database as the nodes know it: an address that one member has, and that another member can take over.</summary>
    public const string Database = "database";

    /// <summary>This process as a member: the clients' place.</summary>
    public const string Clients = "clients";

    private const string Nobody = "02:00:00:00:00:fe";
    private const string Device = "eth0";
    private const int MaxNetworks = 250;

    /// <summary>A system that builds none of this many networks allows none.</summary>
    private const int Tries = 4;

    private readonly int _number;
    private readonly IReadOnlyList<string> _members;
    private readonly HashSet<(string From, string To)> _cuts = [];
    private readonly HashSet<string> _slow = [];
    private string _databaseHolder = "";

    private Network(int number, IReadOnlyList<string> members) => (_number, _members) = (number, members);

    private string Bridge => BridgeName(_number);

    /// <summary>Creates a network; <c>null</c> if this system does not allow it.</summary>
    public static async Task<Network?> TryCreateAsync(params string[] members)
    {
        await RemoveOrphansAsync();
        var failures = 0;
        for (var number = 1; number < MaxNetworks; number++)
        {
            var (exitCode, output) = await Shell.TryAsync("ip", "link", "add", BridgeName(number), "type", "bridge");
            if (exitCode == 0)
            {
                var network = new Network(number, members);
                try
                {
                    await network.BuildAsync();
                    return network;
                }
                catch (InvalidOperationException)
                {
                    await network.DisposeAsync();
                    if (++failures == Tries)
                    {
                        return null;
                    }

                    // The kernel removes the devices of an earlier network some time after its namespaces. The next number is free.
                    continue;
                }
            }

            if (!output.Contains("File exists", StringComparison.Ordinal))
            {
                return null;
            }
        }

        return null;
    }

    /// <summary>The address of a member.</summary>
    public string Address(string member) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"198.18.{_number}.{member switch { Clients => 1, Database => 2, _ => 11 + _members.ToList().IndexOf(member) }}"
        );

    /// <summary>The prefix that makes a command run as a member.</summary>
    public IReadOnlyList<string> Within(string member) => ["ip", "netns", "exec", Namespace(member)];

    /// <summary>Moves the database's address to this member.</summary>
    public async Task GiveDatabaseToAsync(string member)
    {
        var address = $"{Address(Database)}/24";
        if (_databaseHolder.Length > 0)
        {
            await Ip(_databaseHolder, "addr", "del", address, "dev", Device);
        }

        _databaseHolder = member;
        await Ip(member, "addr", "add", address, "dev", Device);
        foreach (var other in _members.Where(other => other != member).Append(Clients))
        {
            await Ip(other, "neigh", "flush", "to", Address(Database));
        }
    }

    /// <summary>From now on <paramref name="to"/> receives nothing from <paramref name="from"/>.</summary>
    public async Task CutAsync(string from, string to)
    {
        await Ip(from, "neigh", "replace", Address(to), "lladdr", Nobody, "nud", "permanent", "dev", DeviceOf(from));
        _cuts.Add((from, to));
    }

    /// <summary>From now on the two cannot reach each other.</summary>
    public async Task CutBothAsync(string one, string other)
    {
        await CutAsync(one, other);
        await CutAsync(other, one);
    }

    /// <summary>
    /// Makes the traffic that a member sends slow and unreliable, with <c>netem</c>. A system without netem uses a rate that the load
    /// exceeds at times: packets in the queue are late, and packets that find the queue full are lost.
    /// </summary>
    /// <returns>A description of what was done.</returns>
    public async Task<string> SlowAsync(string member)
    {
        _slow.Add(member);
        var (exitCode, _) = await TryIp(member, ["netem", "delay", "80ms", "40ms", "loss", "3%"]);
        if (exitCode == 0)
        {
            return "80 ± 40 ms, 3 % lost";
        }

        (exitCode, var output) = await TryIp(member, ["tbf", "rate", "400kbit", "burst", "4kb", "limit", "16kb"]);
        return exitCode == 0 ? "400 kbit/s, queue of 16 KiB (no netem here)" : throw new InvalidOperationException(output);

        Task<(int, string)> TryIp(string member, string[] discipline) =>
            Shell.TryAsync([.. Within(member), "tc", "qdisc", "replace", "dev", Device, "root", .. discipline]);
    }

    /// <summary>Removes all cuts and delays.</summary>
    public async Task HealAsync()
    {
        foreach (var (from, to) in _cuts)
        {
            await Ip(from, "neigh", "del", Address(to), "dev", DeviceOf(from));
        }

        foreach (var member in _slow)
        {
            await Shell.TryAsync([.. Within(member), "tc", "qdisc", "del", "dev", Device, "root"]);
        }

        _cuts.Clear();
        _slow.Clear();
    }

    /// <summary>Removes the network and all processes that still run in it.</summary>
    public async ValueTask DisposeAsync() => await RemoveAsync(_number);

    private static string BridgeName(int number) => string.Create(CultureInfo.InvariantCulture, $"faults{number}");

    private static async Task RemoveAsync(int number)
    {
        var prefix = $"{BridgeName(number)}-";
        foreach (var line in (await Shell.TryAsync("ip", "netns", "list")).Output.Split('\n'))
        {
            var name = line.Split(' ')[0];
            if (name.StartsWith(prefix, StringComparison.Ordinal))
            {
                var (_, ids) = await Shell.TryAsync("ip", "netns", "pids", name);
                foreach (var id in ids.Split('\n', StringSplitOptions.RemoveEmptyEntries))
                {
                    await Shell.TryAsync("kill", "-9", id);
                }

                await Shell.TryAsync("ip", "netns", "del", name);
            }
        }

        await Shell.TryAsync("ip", "link", "del", BridgeName(number));
    }

    /// <summary>Removes the networks of runs that were killed. Each bridge records its owner.</summary>
    private static async Task RemoveOrphansAsync()
    {
        for (var number = 1; number < MaxNetworks; number++)
        {
            var alias = $"/sys/class/net/{BridgeName(number)}/ifalias";
            if (File.Exists(alias) && !Directory.Exists($"/proc/{(await File.ReadAllTextAsync(alias)).Trim()}"))
            {
                await RemoveAsync(number);
            }
        }
    }

    private async Task BuildAsync()
    {
        await Shell.RunAsync("ip", "link", "set", Bridge, "alias", Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
        await Shell.RunAsync("ip", "addr", "add", $"{Address(Clients)}/24", "dev", Bridge);
        await Shell.RunAsync("ip", "link", "set", Bridge, "up");
        for (var i = 0; i < _members.Count; i++)
        {
            var (member, port) = (_members[i], string.Create(CultureInfo.InvariantCulture, $"{Bridge}-{i}"));
            await Shell.RunAsync("ip", "netns", "add", Namespace(member));
            await Shell.RunAsync("ip", "link", "add", port, "type", "veth", "peer", "name", Device, "netns", Namespace(member));
            await Shell.RunAsync("ip", "link", "set", port, "master", Bridge, "up");
            await Ip(member, "link", "set", "lo", "up");
            await Ip(member, "addr", "add", $"{Address(member)}/24", "dev", Device);
            await Ip(member, "link", "set", Device, "up");
        }
    }

    private string Namespace(string member) => $"{Bridge}-{(member == Database ? _databaseHolder : member)}";

    private string DeviceOf(string member) => member == Clients ? Bridge : Device;

    private Task<string> Ip(string member, params string[] words) =>
        Shell.RunAsync(member == Clients ? ["ip", .. words] : ["ip", "-n", Namespace(member), .. words]);
}
