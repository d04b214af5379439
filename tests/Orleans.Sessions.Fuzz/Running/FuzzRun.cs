using System.Diagnostics;
using Google.Protobuf;
using Orleans.Sessions.Fuzz.Contract;
using Orleans.Sessions.Fuzz.Generation;
using Orleans.Sessions.Fuzz.Journeys;
using Orleans.Sessions.Fuzz.Oracle;
using Orleans.Sessions.Fuzz.Wire;
using Orleans.Sessions.Fuzz.World;

namespace Orleans.Sessions.Fuzz.Running;

/// <summary>The length of a run. The limit that is reached first ends it.</summary>
/// <param name="Seed">The seed of all random choices.</param>
/// <param name="Duration">The time.</param>
/// <param name="Actions">The number of single requests and journeys.</param>
public sealed record FuzzPlan(long Seed, TimeSpan Duration, long Actions = long.MaxValue);

/// <summary>
/// One run against one service: single requests and journeys, one after the other. Each is judged by its answer and by what it changed.
/// </summary>
public sealed class FuzzRun : IAsyncDisposable
{
    private const int JourneyEvery = 12;
    private const int DeepLookEvery = 150;
    private const int LogShown = 2500;
    private static readonly TimeSpan s_warmup = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan s_lostAfter = TimeSpan.FromSeconds(60);

    private readonly HostProcess _host;
    private readonly FuzzWorld _world;
    private readonly Wires _wires;
    private readonly Heartbeat _heartbeat;
    private readonly FuzzPlan _plan;
    private readonly FuzzReport _report;
    private IReadOnlyDictionary<string, string> _deep = new Dictionary<string, string>();
    private WatchedState _state = null!;
    private long _action;

    private FuzzRun(HostProcess host, FuzzWorld world, FuzzPlan plan, FuzzReport report)
    {
        (_host, _world, _plan, _report) = (host, world, plan, report);
        (_wires, _heartbeat) = (new Wires(host.Address, s_lostAfter), new Heartbeat(host.Address));
    }

    /// <summary>Starts a service, fuzzes it, and reports.</summary>
    public static async Task<FuzzReport> RunAsync(FuzzDatabase database, FuzzPlan plan, Action<string>? progress = null)
    {
        await using var host = await FuzzHost.StartAsync(database);
        using var world = await FuzzWorld.SettleAsync(host);
        var report = new FuzzReport($"{database}, seed {plan.Seed}", host.Process.Address, Recipe.OfRun(database, plan.Seed, ""));
        await using var run = new FuzzRun(host.Process, world, plan, report);
        await run.RunAsync(progress);
        return report;
    }

    public async ValueTask DisposeAsync()
    {
        await _heartbeat.DisposeAsync();
        _wires.Dispose();
    }

    private async Task RunAsync(Action<string>? progress)
    {
        var clock = Stopwatch.StartNew();
        var told = clock.Elapsed;
        (_state, _deep) = (await _world.Watcher.ReadAsync(), await _world.Watcher.ReadDeepAsync());
        for (
            _action = 0;
            _action < _plan.Actions && !_host.HasExited && (clock.Elapsed < _plan.Duration || _action < Travels.All.Count);
            _action++
        )
        {
            await ActAsync(Dice.Of(_plan.Seed, _action));
            if (_action % DeepLookEvery == DeepLookEvery - 1)
            {
                await LookDeepAsync();
            }

            if (progress is not null && clock.Elapsed - told > TimeSpan.FromSeconds(30))
            {
                told = clock.Elapsed;
                progress($"{clock.Elapsed:hh\\:mm\\:ss} {_report.Requests} requests, {_report.Findings.Count} findings");
            }
        }

        if (_host.HasExited)
        {
            _report.Add(new Finding(Fault.ServerError, $"The service has ended:\n{_host.Output}", null));
            return;
        }

        await LookDeepAsync();
    }

    /// <summary>Plain journeys come first. Then come single requests, and journeys with disturbances.</summary>
    private async Task ActAsync(Dice dice)
    {
        if (_action < Travels.All.Count)
        {
            await WalkAsync(dice, Travels.All[(int)_action], isPlain: true);
        }
        else if (dice.Below(JourneyEvery) == 0)
        {
            await WalkAsync(dice, dice.Pick(Travels.All), isPlain: false);
        }
        else
        {
            var aim = Aims.Next(dice, _world);
            var exchange = await SendAsync(aim.Caller, aim.Request, aim.Meaning, mustFail: false);
            if (exchange.Reply.IsSuccess && aim.Operation is { } operation)
            {
                (aim.Caller.IsAttacker ? aim.Caller.Targets : _world.Known).Learn(operation, exchange.Reply.Json);
            }
        }
    }

    private async Task WalkAsync(Dice dice, (string Name, Func<Traveller, Task> Walk) journey, bool isPlain)
    {
        try
        {
            await journey.Walk(new Traveller(_world, dice, isPlain, SendAsync));
            _report.Count(journey.Name, isReached: true);
        }
        catch (Exception exception) when (exception is JourneyEndedException or InvalidOperationException or FormatException)
        {
            _report.Count(journey.Name, isReached: false);
            if (isPlain)
            {
                _report.Add(
                    new Finding(Fault.BrokenJourney, $"{journey.Name}: {exception.Message}", (exception as JourneyEndedException)?.Exchange)
                );
            }
        }
    }

    private async Task<Exchange> SendAsync(Caller caller, FuzzRequest request, Meaning? meaning, bool mustFail)
    {
        var start = Stopwatch.GetTimestamp();
        var reply = await _wires.SendAsync(request);
        var exchange = new Exchange(caller, request, reply, _action) { Meaning = meaning, MustFail = mustFail };
        if (reply.IsLost || reply.Elapsed > Answers.Patience)
        {
            // The next beat shows the delay that occurred in between. During the plain journeys much code is still being compiled.
            await Task.Delay(TimeSpan.FromSeconds(1));
            exchange = exchange with { Delay = _heartbeat.LongestSince(start) + (_action < Travels.All.Count ? s_warmup : TimeSpan.Zero) };
        }

        List<Finding> findings = [.. Answers.Judge(exchange), .. Rights.Judge(exchange, _world.Secrets), .. await ChangesAsync(exchange)];
        _report.Count(
            exchange,
            [
                .. findings.Select(finding =>
                    finding.Fault == Fault.ServerError ? finding with { Text = $"{finding.Text}\n{Log()}" } : finding
                ),
            ]
        );
        return exchange;
    }

    /// <summary>The latest output of the service, which may explain the fault.</summary>
    private string Log()
    {
        var output = _host.Output;
        var fault = output.LastIndexOf("fail: ", StringComparison.Ordinal);
        return fault < 0 ? "" : output[fault..Math.Min(output.Length, fault + LogShown)];
    }

    /// <summary>The forbidden changes that a request has caused.</summary>
    private async Task<List<Finding>> ChangesAsync(Exchange exchange)
    {
        if (_host.HasExited)
        {
            return [];
        }

        var (before, after) = (_state, await _world.Watcher.ReadAsync());
        _state = after;
        List<Finding> findings = [];
        var isRefused = exchange.Reply is { IsAnswered: true, IsSuccess: false, IsRedirect: false };
        if (WatchedState.Difference(before.Protected, after.Protected) is { } damage)
        {
            findings.Add(new Finding(isRefused ? Fault.ChangedByRefused : Fault.WronglyAllowed, damage, exchange));
        }

        if (isRefused && WatchedState.Difference(before.Common, after.Common) is { } change)
        {
            findings.Add(new Finding(Fault.ChangedByRefused, change, exchange));
        }

        return findings;
    }

    /// <summary>Checks the remaining state that nobody may change, and whether the callers still have their identities.</summary>
    private async Task LookDeepAsync()
    {
        var deep = await _world.Watcher.ReadDeepAsync();
        if (WatchedState.Difference(_deep, deep) is { } damage)
        {
            _report.Add(new Finding(Fault.WronglyAllowed, $"up to action {_action}: {damage}", null));
            _deep = deep;
        }

        foreach (
            var caller in _world.Callers.Where(caller => caller is { Kind: CallerKind.Ordinary or CallerKind.Manager, Token: not null })
        )
        {
            if (await _world.Service.StatusAsync("/v2/oidc/clients", caller.Token!) is >= 200 and < 300)
            {
                _report.Add(new Finding(Fault.WronglyAllowed, $"up to action {_action}: {caller.Name} has become an administrator", null));
            }
        }

        await _world.ReviveAsync();
        _state = await _world.Watcher.ReadAsync();
    }
}
