using System.Globalization;
using Orleans.Sessions.Faults.Checking;
using Orleans.Sessions.Faults.Load;

namespace Orleans.Sessions.Faults.Storms;

/// <summary>One storm: other people at a steady rate, measured before it and during it in the same run, and the judgement.</summary>
internal sealed class StormRun(Storm storm, StormOptions options, Action<string> log)
{
    private static readonly TimeSpan s_warmUp = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_calm = TimeSpan.FromSeconds(20);

    /// <summary>The shortest period that is measured. A percentile of fewer answers would mean little.</summary>
    private static readonly TimeSpan s_least = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan s_grace = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_clockError = TimeSpan.FromMilliseconds(500);

    /// <summary>Runs all storms, prints the table, and returns whether all were good.</summary>
    public static async Task<bool> AllAsync(StormOptions options, Action<string> log, CancellationToken end)
    {
        List<StormResult> results = [];
        foreach (var storm in options.Storms)
        {
            results.Add(await new StormRun(storm, options, log).RunAsync(end));
        }

        log(StormResult.Table(results));
        return results.TrueForAll(result => result.IsGood);
    }

    private async Task<StormResult> RunAsync(CancellationToken end)
    {
        var journal = new Journal();
        Action<string> timed = text => log(string.Create(CultureInfo.InvariantCulture, $"{journal.Now:mm\\:ss\\.f} {text}"));
        timed($"storm: {storm.Name}");
        var settings = options.With.AddRange(storm.Settings.Where(setting => !options.With.ContainsKey(setting.Key)));
        await using var site = await Site.StartAsync(storm.IsEmbedded, settings, timed);
        using var nodes = new Nodes([site.Node], journal.Watch);
        var clients = await Clients.SettleAsync(nodes, journal, site.Node.Process.AdminToken);
        var scene = new StormScene(site, clients, timed, end);
        await storm.PrepareAsync(scene);
        timed("prepared");
        try
        {
            return await MeasureAsync(scene, end);
        }
        finally
        {
            await KeepAsync(site);
        }
    }

    private async Task<StormResult> MeasureAsync(StormScene scene, CancellationToken end)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(end);
        var bystanders = new Bystanders(scene.Clients, options.Rate, options.Seed);
        var load = bystanders.RunAsync(enough.Token);
        TimeSpan from,
            begun,
            over,
            until;
        long peak;
        try
        {
            from = Later(scene.Now + s_warmUp, scene.BeginsAt - s_calm);
            begun = Later(from + s_calm, scene.BeginsAt);
            await scene.WaitAsync(begun - scene.Now);
            scene.Log("it begins");
            using var memory = new PeakMemory(scene.Site);
            await storm.RageAsync(scene);
            over = scene.Now;
            scene.Log("it is worked off");
            await scene.WaitAsync(begun + s_least - over);
            (until, peak) = (scene.Now, memory.Peak);
        }
        finally
        {
            await enough.CancelAsync();
            await load;
        }

        await new Inquiry(scene.Clients).RunAsync(from, end);
        await storm.InquireAsync(scene);
        scene.Log("judging");
        List<Operation> history = [.. scene.Clients.Journal.Operations, .. scene.Operations];
        return new StormResult(storm.Name)
        {
            Requests = scene.Requests,
            Before = bystanders.Between(from, begun),
            During = bystanders.Between(begun, until),
            PeakBytes = peak,
            WorkedOffAfter = over - begun,
            Violations = [.. new Checker(s_grace, s_clockError).Check(history), .. scene.Clients.Journal.WrongAnswers, .. scene.Violations],
        };
    }

    private async Task KeepAsync(Site site)
    {
        if (options.Keep is { } folder)
        {
            Directory.CreateDirectory(folder);
            await File.WriteAllTextAsync(Path.Combine(folder, $"{storm.Name}.log"), site.Node.Output);
        }
    }

    private static TimeSpan Later(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
