using System.Globalization;
using Orleans.Sessions.Faults.Faults;
using Orleans.Sessions.Faults.World;

namespace Orleans.Sessions.Faults.Running;

/// <summary>Several runs, each with its own seed, cluster and schedule, and one table for all.</summary>
public static class FaultSeries
{
    /// <summary>Does the runs. Reports each run when it is over, and all runs at the end.</summary>
    /// <returns>Whether no run had a violation.</returns>
    public static async Task<bool> RunAsync(FaultOptions options, Action<string> log, CancellationToken end)
    {
        var lacksBuild = options.Previous is null && options.Needs.HasFlag(Needs.PreviousBuild);
        using var previous = lacksBuild ? await PreviousBuild.MakeAsync() : null;
        options = options with { Previous = options.Previous ?? previous?.Folder };
        List<FaultOutcome> outcomes = [];
        List<int> wrong = [];
        for (var seed = options.Seed; seed < options.Seed + options.Runs; seed++)
        {
            var folder = options.Keep is { } keep ? Path.Combine(keep, seed.ToString(CultureInfo.InvariantCulture)) : null;
            var report = await FaultRun.RunAsync(options with { Seed = seed, Faults = Schedule(options, seed), Keep = folder }, log, end);
            log(report.ToString());
            outcomes.AddRange(report.Outcomes);
            if (report.Violations.Count > 0)
            {
                wrong.Add(seed);
            }
        }

        log($"{options.Runs} runs, seeds from {options.Seed}\n\n{FaultTable.Of(outcomes)}");
        log(wrong.Count == 0 ? "nothing was wrong" : $"something was wrong with the seeds {string.Join(", ", wrong)}");
        return wrong.Count == 0;
    }

    /// <summary>Some of the faults, in random order.</summary>
    private static List<Fault> Schedule(FaultOptions options, int seed)
    {
        var faults = options.Faults.ToArray();
        new Random(seed).Shuffle(faults);
        return [.. faults.Take(FaultOptions.FaultsOfARun)];
    }
}
