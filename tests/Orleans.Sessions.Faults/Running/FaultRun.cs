using System.Globalization;
using Orleans.Sessions.Faults.Checking;
using Orleans.Sessions.Faults.Faults;
using Orleans.Sessions.Faults.Load;
using Orleans.Sessions.Faults.World;

namespace Orleans.Sessions.Faults.Running;

/// <summary>One run: a cluster under load, one fault after the other, the questions after each, and the judgement.</summary>
public sealed class FaultRun : IDisposable
{
    private const int Users = 40;

    private static readonly TimeSpan s_warmUp = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_recoversWithin = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan s_afterwards = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    /// <summary>All clocks are one, so this is only what an answer takes.</summary>
    private static readonly TimeSpan s_clockError = TimeSpan.FromMilliseconds(500);

    private readonly FaultOptions _options;
    private readonly Action<string> _log;
    private readonly Cluster _cluster;
    private readonly Journal _journal = new();
    private readonly Nodes _nodes;
    private readonly Calls _calls;

    private FaultRun(FaultOptions options, Cluster cluster, Action<string> log)
    {
        (_options, _cluster, _log) = (options, cluster, log);
        _nodes = new Nodes(cluster.Nodes, _journal.Watch);
        _calls = new Calls(cluster.AdminToken);
    }

    public static async Task<FaultReport> RunAsync(FaultOptions options, Action<string> log, CancellationToken end)
    {
        var clock = System.Diagnostics.Stopwatch.StartNew();
        Action<string> timed = text => log(string.Create(CultureInfo.InvariantCulture, $"{clock.Elapsed:mm\\:ss\\.f} {text}"));
        await using var cluster = await Cluster.StartAsync(timed);
        timed("all nodes are ready");
        using var run = new FaultRun(options, cluster, timed);
        return await run.RunAsync(end);
    }

    public void Dispose() => _nodes.Dispose();

    private async Task<FaultReport> RunAsync(CancellationToken end)
    {
        var book = new Book { Users = await MakeUsersAsync() };
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(end);
        var probers = Enumerable.Range(0, _nodes.Count).Select(node => new Prober(node, _nodes, book, _journal, _calls, _options.Seed)).ToList();
        var load = Task.WhenAll(
            Enumerable.Range(0, _options.Workers)
                .Select(number => new Worker(number, _options.Seed, _nodes, book, _journal, _calls).RunAsync(_options.Pause, enough.Token))
                .Concat(probers.Select(prober => prober.RunAsync(enough.Token))));
        List<Period> periods = [];
        List<Violation> notServing = [];
        try
        {
            await Task.Delay(s_warmUp, end);
            var dice = new Random(_options.Seed);
            foreach (var fault in _options.Faults.Where(fault => _cluster.Network is not null || !fault.NeedsNetwork))
            {
                periods.Add(await HappenAsync(fault, new Scene(_cluster, dice, _log, end), probers, book, notServing));
            }
        }
        finally
        {
            await enough.CancelAsync();
            await load;
        }

        _log("judging");
        var violations = new Checker(Cluster.Grace, s_clockError).Check(_journal.Operations);
        var report = new FaultReport(
            string.Create(CultureInfo.InvariantCulture, $"seed {_options.Seed}, {_options.Workers} workers"),
            periods,
            _journal.Operations,
            [.. violations, .. _journal.WrongAnswers, .. notServing]);
        await KeepAsync(report);
        return report;
    }

    private async Task<Period> HappenAsync(Fault fault, Scene scene, IReadOnlyList<Prober> probers, Book book, List<Violation> notServing)
    {
        var from = _journal.Now;
        _log($"fault: {fault.Name}");
        await fault.HappenAsync(scene);
        var healed = _journal.Now;
        while (!probers.All(prober => prober.ServesSince(healed)) && _journal.Now < healed + s_recoversWithin)
        {
            await scene.WaitAsync(0.2);
        }

        var isServed = probers.All(prober => prober.ServesSince(healed));
        if (!isServed)
        {
            notServing.AddRange(probers.Where(prober => !prober.ServesSince(healed)).Select(prober =>
                new Violation(Wrong.NotServing, healed, _cluster.Nodes[prober.Node].Name, $"does not serve {s_recoversWithin.TotalSeconds} s after {fault.Name}")));
        }

        _log(isServed ? "all nodes serve" : "not all nodes serve");
        await Task.Delay(s_afterwards, scene.End);
        await new Inquiry(_nodes, book, _journal, _calls).RunAsync(from, scene.End);
        var until = _journal.Now;
        _log("every node was asked for everything");
        return new Period(fault.Name, from, healed, until, isServed ? probers.Max(prober => prober.Recovery(healed, until)) : null);
    }

    private async Task<IReadOnlyList<string>> MakeUsersAsync()
    {
        List<string> users = [];
        for (var i = 0; i < Users; i++)
        {
            var answer = await _nodes.AskUntilSettledAsync(i, _calls.NewUser($"person-{i}"), s_patience);
            users.Add(answer.IsGood ? answer.Text("userId") : throw new InvalidOperationException($"No user could be made: {answer.Status} {answer.Body}"));
        }

        return users;
    }

    private async Task KeepAsync(FaultReport report)
    {
        if (_options.Keep is not { } folder)
        {
            return;
        }

        Directory.CreateDirectory(folder);
        await File.WriteAllTextAsync(Path.Combine(folder, "report.txt"), report.ToString());
        await File.WriteAllLinesAsync(
            Path.Combine(folder, "violations.txt"),
            report.Violations.OrderBy(violation => violation.At)
                .Select(violation => $"{violation.At:mm\\:ss\\.fff} {violation.Wrong} {violation.Subject} {violation.Text}"));
        foreach (var node in _cluster.Nodes)
        {
            await File.WriteAllTextAsync(Path.Combine(folder, $"{node.Name}.log"), node.Output);
        }
    }
}
