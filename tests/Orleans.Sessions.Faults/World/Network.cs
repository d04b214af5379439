using System.Globalization;

namespace Orleans.Sessions.Faults.World;

/// <summary>
/// A network of our own: each member is in a network namespace, and a bridge joins them; we are on the bridge. A direction between two
/// members is cut by an entry in the
/// sender's neighbour table that leads to a machine that does not exist: packets vanish without a word, as on a broken line, and nothing
/// but <c>ip</c> is needed.
/// </summary>
public sealed class Network : IAsyncDisposable
{
    /// <summary>The database as the nodes know it: an address that one of the members has, and can give to another one.</summary>
    public const string Database = "database";

    /// <summary>The member that we are: where clients come from.</summary>
    public const string Clients = "clients";

    private const string Nobody = "02:00:00:00:00:fe";
    private const string Device = "eth0";
    private const int MaxNetworks = 250;

    private readonly int _number;
    private readonly IReadOnlyList<string> _members;
    private readonly HashSet<(string From, string To)> _cuts = [];
    private readonly HashSet<string> _slow = [];
    private string _databaseHolder = "";

    private Network(int number, IReadOnlyList<string> members) => (_number, _members) = (number, members);

    private string Bridge => BridgeName(_number);

    /// <summary>Makes a network; <c>null</c>: this system does not let us.</summary>
    public static async Task<Network?> TryCreateAsync(params string[] members)
    {
        await RemoveOrphansAsync();
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
                    return null;
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
    public string Address(string member) => string.Create(
        CultureInfo.InvariantCulture,
        $"198.18.{_number}.{member switch { Clients => 1, Database => 2, _ => 11 + _members.ToList().IndexOf(member) }}");

    /// <summary>The words before a command that make it run as a member.</summary>
    public IReadOnlyList<string> Within(string member) => ["ip", "netns", "exec", Namespace(member)];

    /// <summary>From now on the database is at this member.</summary>
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

    /// <summary>From now on nothing that <paramref name="from"/> sends reaches <paramref name="to"/>.</summary>
    public async Task CutAsync(string from, string to)
    {
        await Ip(from, "neigh", "replace", Address(to), "lladdr", Nobody, "nud", "permanent", "dev", DeviceOf(from));
        _cuts.Add((from, to));
    }

    /// <summary>From now on nothing passes between the two.</summary>
    public async Task CutBothAsync(string one, string other)
    {
        await CutAsync(one, other);
        await CutAsync(other, one);
    }

    /// <summary>
    /// Makes what a member sends slow and unreliable, by <c>netem</c>; where the system has none, by a rate that the load exceeds at times:
    /// what waits is late, and what finds
    /// the queue full is lost.
    /// </summary>
    /// <returns>What was done.</returns>
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

    /// <summary>Everything passes again.</summary>
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

    /// <summary>Removes the network and whatever still runs in it.</summary>
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

    /// <summary>Who was killed could not tidy up. Each bridge says whose it is.</summary>
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
