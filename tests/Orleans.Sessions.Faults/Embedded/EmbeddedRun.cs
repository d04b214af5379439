using System.Globalization;
using Orleans.Sessions.Faults.Checking;
using Orleans.Sessions.Faults.Load;
using Orleans.Sessions.Faults.Storms;
using Orleans.Sessions.Faults.World;

namespace Orleans.Sessions.Faults.Embedded;

/// <summary>
/// One scenario: the service on a folder of its own under load, what happens, the questions afterwards, and the judgement.
/// </summary>
internal sealed class EmbeddedRun(Scenario scenario, EmbeddedOptions options, Action<string> log)
{
    private static readonly TimeSpan s_grace = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_clockError = TimeSpan.FromMilliseconds(500);

    /// <summary>Runs all scenarios, prints the table, and returns whether all were good.</summary>
    public static async Task<bool> AllAsync(EmbeddedOptions options, Action<string> log, CancellationToken end)
    {
        List<EmbeddedResult> results = [];
        foreach (var scenario in options.Scenarios)
        {
            if (await new EmbeddedRun(scenario, options, log).RunAsync(end) is { } result)
            {
                results.Add(result);
            }
        }

        log(EmbeddedResult.Table(results));
        return results.TrueForAll(result => result.Violations.Count == 0);
    }

    /// <summary>Runs the scenario; <c>null</c> if this system cannot run it.</summary>
    public async Task<EmbeddedResult?> RunAsync(CancellationToken end)
    {
        var journal = new Journal();
        Action<string> timed = text => log(string.Create(CultureInfo.InvariantCulture, $"{journal.Now:mm\\:ss\\.f} {text}"));
        timed($"scenario: {scenario.Name}");
        await using var disk = scenario.NeedsSmallDisk ? await SmallDisk.TryCreateAsync() : null;
        if (scenario.NeedsSmallDisk && disk is null)
        {
            timed("it is left out: a small file system is not to be had here");
            return null;
        }

        await using var site = await Site.StartAsync(isEmbedded: true, new Dictionary<string, string>(), timed, disk?.Folder);
        using var nodes = new Nodes([site.Node], journal.Watch);
        var clients = await Clients.SettleAsync(nodes, journal, site.Node.Process.AdminToken);
        await using var scene = new EmbeddedScene(site, clients, options, timed, end);
        try
        {
            scene.Begin();
            await scenario.HappenAsync(scene);
            await scene.EndAsync();
            await new Inquiry(clients).RunAsync(TimeSpan.Zero, end);
        }
        finally
        {
            await KeepAsync(site);
        }

        timed("judging");
        var history = journal.Operations;
        var found = new Checker(s_grace, s_clockError).Check(history);
        return new EmbeddedResult(scenario.Name, history.Count, [.. found, .. journal.WrongAnswers, .. scene.Violations]);
    }

    private async Task KeepAsync(Site site)
    {
        if (options.Keep is { } folder)
        {
            Directory.CreateDirectory(folder);
            await File.WriteAllTextAsync(Path.Combine(folder, $"{scenario.Name}.log"), site.Node.Output);
        }
    }
}
