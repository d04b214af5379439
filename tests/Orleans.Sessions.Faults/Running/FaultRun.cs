using System.Globalization;
using Orleans.Sessions.Faults.Checking;
using Orleans.Sessions.Faults.Faults;
using Orleans.Sessions.Faults.Load;
using Orleans.Sessions.Faults.World;

namespace Orleans.Sessions.Faults.Running;

/// <summary>One run: a cluster under load, one fault after the other, the questions after each fault, and the verdict.</summary>
public sealed class FaultRun
{
    private static readonly TimeSpan s_warmUp = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_recoversWithin = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan s_afterwards = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan s_briefly = TimeSpan.FromSeconds(1);

    /// <summary>All nodes have the same clock unless a fault changes it. So this only allows for the time that an answer takes.</summary>
    private static readonly TimeSpan s_clockError = TimeSpan.FromMilliseconds(500);

    private readonly FaultOptions _options;
    private readonly Action<string> _log;
    private readonly Cluster _cluster;
    private readonly Clients _clients;
    private readonly IReadOnlyList<Prober> _probers;
    private readonly List<Violation> _notServing = [];

    private FaultRun(FaultOptions options, Cluster cluster, Clients clients, Action<string> log)
    {
        (_options, _cluster, _clients, _log) = (options, cluster, clients, log);
        _probers = [.. Enumerable.Range(0, cluster.Nodes.Count).Select(node => new Prober(node, options.Seed, clients))];
    }

    private TimeSpan Now => _clients.Journal.Now;

    public static async Task<FaultReport> RunAsync(FaultOptions options, Action<string> log, CancellationToken end)
    {
        var journal = new Journal();
        Action<string> timed = text => log(string.Create(CultureInfo.InvariantCulture, $"{journal.Now:mm\\:ss\\.f} {text}"));
        using var previous =
            !options.Needs.HasFlag(Needs.PreviousBuild) ? null
            : options.Previous is { } folder ? PreviousBuild.In(folder)
            : await PreviousBuild.MakeAsync();
        var hasFakeClock = options.Needs.HasFlag(Needs.FakeClock) && await FakeClock.TryFindAsync();
        var hasSmallDisk = options.Needs.HasFlag(Needs.SmallDisk);
        await using var cluster = await Cluster.StartAsync(options.IsOnLoopback, hasSmallDisk, previous?.Path, timed);
        timed("all nodes are ready");
        var possible =
            Needs.Nothing
            | (previous is null ? 0 : Needs.PreviousBuild)
            | (hasFakeClock ? Needs.FakeClock : 0)
            | (cluster.Network is null ? 0 : Needs.Network)
            | (cluster.DatabaseDisk is null ? 0 : Needs.SmallDisk);
        foreach (var fault in options.Faults.Where(fault => !possible.HasFlag(fault.Needs)))
        {
            timed($"{fault.Name} is left out: it needs {fault.Needs}, which is not to be had here");
        }

        using var nodes = new Nodes(cluster.Nodes, journal.Watch);
        // The upgrade comes first, because the cluster must then start with the build before this one.
        options = options with
        {
            Faults =
            [
                .. options
                    .Faults.Where(fault => possible.HasFlag(fault.Needs))
                    .OrderByDescending(fault => fault.Needs.HasFlag(Needs.PreviousBuild)),
            ],
        };
        return await new FaultRun(options, cluster, await Clients.SettleAsync(nodes, journal, cluster.AdminToken), timed).RunAsync(end);
    }

    private async Task<FaultReport> RunAsync(CancellationToken end)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(end);
        var workers = Worker.Some(_options.Workers, _options.Seed, _clients);
        var load = Task.WhenAll(
            workers
                .Select(worker => worker.RunAsync(_options.Pause, enough.Token))
                .Concat(_probers.Select(prober => prober.RunAsync(enough.Token)))
        );
        List<Period> periods = [];
        try
        {
            await Task.Delay(_options.IsBrief ? s_briefly : s_warmUp, end);
            var dice = new Random(_options.Seed);
            foreach (var fault in _options.Faults)
            {
                periods.Add(await HappenAsync(fault, new Scene(_cluster, dice, _log, end) { IsBrief = _options.IsBrief }));
            }
        }
        finally
        {
            await enough.CancelAsync();
            await load;
        }

        _log("judging");
        var history = _clients.Journal.Operations;
        var report = new FaultReport(
            string.Create(CultureInfo.InvariantCulture, $"seed {_options.Seed}, {_options.Workers} workers"),
            periods,
            history,
            [.. Judge(history, periods), .. _clients.Journal.WrongAnswers, .. _notServing]
        );
        await KeepAsync(report);
        return report;
    }

    /// <summary>
    /// While a fault changes clocks, the checker tolerates its clock error, and only then.
    /// </summary>
    private static IEnumerable<Violation> Judge(IReadOnlyCollection<Operation> history, IReadOnlyList<Period> periods)
    {
        var errorAt = (TimeSpan at) => periods.FirstOrDefault(period => period.Has(at))?.Fault.ClockError ?? TimeSpan.Zero;
        return periods
            .Select(period => period.Fault.ClockError)
            .Append(TimeSpan.Zero)
            .Distinct()
            .SelectMany(error =>
                new Checker(Cluster.Grace, error + s_clockError).Check(history).Where(violation => errorAt(violation.At) == error)
            );
    }

    private async Task<Period> HappenAsync(Fault fault, Scene scene)
    {
        var from = Now;
        _log($"fault: {fault.Name}");
        await fault.HappenAsync(scene);
        var healed = Now;
        while (!_probers.All(prober => prober.ServesSince(healed)) && Now < healed + s_recoversWithin)
        {
            await scene.WaitAsync(0.2);
        }

        var silent = _probers.Where(prober => !prober.ServesSince(healed)).Select(prober => _cluster.Nodes[prober.Node].Name).ToList();
        _notServing.AddRange(
            silent.Select(name => new Violation(
                Wrong.NotServing,
                healed,
                name,
                $"does not serve {s_recoversWithin.TotalSeconds} s after {fault.Name}"
            ))
        );
        _log(silent.Count == 0 ? "all nodes serve" : $"{string.Join(", ", silent)} do not serve");
        await Task.Delay(scene.IsBrief ? s_briefly : s_afterwards, scene.End);
        await new Inquiry(_clients).RunAsync(from, scene.End);
        _log("every node was asked for everything");
        return new Period(fault, from, Now, silent.Count == 0 ? _probers.Max(prober => prober.Recovery(healed, Now)) : null);
    }

    private async Task KeepAsync(FaultReport report)
    {
        if (_options.Keep is not { } folder)
        {
            return;
        }

        Directory.CreateDirectory(folder);
        await File.WriteAllTextAsync(Path.Combine(folder, "report.txt"), report.ToString());
        await File.WriteAllLinesAsync(Path.Combine(folder, "violations.txt"), report.ViolationLines);
        await File.WriteAllLinesAsync(Path.Combine(folder, "waits.txt"), report.WaitLines);
        foreach (var node in _cluster.Nodes)
        {
            await File.WriteAllTextAsync(Path.Combine(folder, $"{node.Name}.log"), node.Output);
        }
    }
}
