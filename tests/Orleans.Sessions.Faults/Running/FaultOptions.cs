using System.Globalization;
using Orleans.Sessions.Faults.Faults;

namespace Orleans.Sessions.Faults.Running;

/// <summary>The options on the command line.</summary>
public sealed record FaultOptions
{
    /// <summary>More faults make a run longer. With fewer, the effect of one fault on the next is not tested.</summary>
    public const int FaultsOfARun = 5;

    private const string Loopback = "--loopback";

    public static string Usage { get; } =
        $"""
            usage: Orleans.Sessions.Faults --runs N | --faults all|NAME,NAME,... [--seed N] [--workers N] [--pause MS] [--keep FOLDER]
                       [--previous FOLDER] [--loopback]
            NAME is one of: {string.Join(", ", AllFaults.List.Select(fault => fault.Name))}
            --runs: so many runs, with the seeds from --seed on. Each has a new cluster and {FaultsOfARun} of the faults (of all, or of those
            that are named), one after the other, which the seed draws. Without it: one run with the named faults in their order.
            Without a seed: another one every time. --pause: what each worker rests between two calls. --keep: what the nodes print, all
            violations and the longest waits are written there. --previous: a build of the commit before this one, for rolling-upgrade; else it
            is built. --loopback: no network namespaces, and only the faults that need none.
            """;

    public IReadOnlyList<Fault> Faults { get; init; } = [];

    /// <summary>The number of runs; 0 means one run with all the faults.</summary>
    public int Runs { get; init; }

    public int Seed { get; init; } = Random.Shared.Next();

    public int Workers { get; init; } = 12;

    public TimeSpan Pause { get; init; } = TimeSpan.FromMilliseconds(30);

    public string? Keep { get; init; }

    public string? Previous { get; init; }

    /// <summary>Whether the cluster uses loopback even if networks are available.</summary>
    public bool IsOnLoopback { get; init; }

    /// <summary>Whether faults are as short as possible.</summary>
    public bool IsBrief { get; init; }

    /// <summary>Everything that the faults require.</summary>
    public Needs Needs => Faults.Aggregate(Needs.Nothing, (needs, fault) => needs | fault.Needs);

    /// <summary>Whether the arguments are for a run, and not for the test runner.</summary>
    public static bool AreMeant(string[] arguments) => arguments.Contains("--faults") || arguments.Contains("--runs");

    /// <summary>The options; <c>null</c> if the arguments are invalid.</summary>
    public static FaultOptions? Parse(string[] arguments)
    {
        var options = new FaultOptions { IsOnLoopback = arguments.Contains(Loopback) };
        foreach (var pair in arguments.Where(argument => argument != Loopback).Chunk(2))
        {
            FaultOptions? next = pair switch
            {
                ["--faults", "all"] => options with { Faults = AllFaults.List },
                ["--faults", var names] => Named(names) is { } faults ? options with { Faults = faults } : null,
                ["--runs", var text] when int.TryParse(text, CultureInfo.InvariantCulture, out var runs) && runs > 0 => options with
                {
                    Runs = runs,
                    Faults = options.Faults.Count > 0 ? options.Faults : AllFaults.List,
                },
                ["--seed", var text] when int.TryParse(text, CultureInfo.InvariantCulture, out var seed) => options with { Seed = seed },
                ["--workers", var text] when int.TryParse(text, CultureInfo.InvariantCulture, out var workers) => options with
                {
                    Workers = workers,
                },
                ["--pause", var text] when int.TryParse(text, CultureInfo.InvariantCulture, out var pause) => options with
                {
                    Pause = TimeSpan.FromMilliseconds(pause),
                },
                ["--keep", var folder] => options with { Keep = folder },
                ["--previous", var folder] => options with { Previous = folder },
                _ => null,
            };
            if (next is null)
            {
                return null;
            }

            options = next;
        }

        return options.Faults.Count > 0 ? options : null;
    }

    private static List<Fault>? Named(string names)
    {
        var faults = names.Split(',').Select(AllFaults.Named).ToList();
        return faults.Contains(null) ? null : [.. faults.Select(fault => fault!)];
    }
}
