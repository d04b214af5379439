using System.Globalization;
using Orleans.Sessions.Faults.Faults;

namespace Orleans.Sessions.Faults.Running;

/// <summary>What the command line says.</summary>
public sealed record FaultOptions
{
    private const string Loopback = "--loopback";

    public static string Usage { get; } = $"""
        usage: Orleans.Sessions.Faults --faults all|NAME,NAME,... [--seed N] [--workers N] [--pause MS] [--keep FOLDER]
                   [--previous FOLDER] [--loopback]
        NAME is one of: {string.Join(", ", AllFaults.List.Select(fault => fault.Name))}
        Without a seed: another one every time. --pause: what each worker rests between two calls. --keep: what the nodes print, and all
        violations, are written there. --previous: a build of the commit before this one, for rolling-upgrade; else it is built.
        --loopback: no network namespaces, and only the faults that need none.
        """;

    public IReadOnlyList<Fault> Faults { get; init; } = [];

    public int Seed { get; init; } = Random.Shared.Next();

    public int Workers { get; init; } = 12;

    public TimeSpan Pause { get; init; } = TimeSpan.FromMilliseconds(30);

    public string? Keep { get; init; }

    public string? Previous { get; init; }

    /// <summary>Whether networks are not even tried.</summary>
    public bool IsOnLoopback { get; init; }

    /// <summary>Everything that some fault needs.</summary>
    public Needs Needs => Faults.Aggregate(Needs.Nothing, (needs, fault) => needs | fault.Needs);

    /// <summary>Whether these are arguments of a run, and not of the tests' runner.</summary>
    public static bool AreMeant(string[] arguments) => arguments.Contains("--faults");

    /// <summary>The options; <c>null</c>: the arguments make no sense.</summary>
    public static FaultOptions? Parse(string[] arguments)
    {
        var options = new FaultOptions { IsOnLoopback = arguments.Contains(Loopback) };
        foreach (var pair in arguments.Where(argument => argument != Loopback).Chunk(2))
        {
            FaultOptions? next = pair switch
            {
                ["--faults", "all"] => options with { Faults = AllFaults.List },
                ["--faults", var names] => Named(names) is { } faults ? options with { Faults = faults } : null,
                ["--seed", var text] when int.TryParse(text, CultureInfo.InvariantCulture, out var seed) => options with { Seed = seed },
                ["--workers", var text] when int.TryParse(text, CultureInfo.InvariantCulture, out var workers) =>
                    options with { Workers = workers },
                ["--pause", var text] when int.TryParse(text, CultureInfo.InvariantCulture, out var pause) =>
                    options with { Pause = TimeSpan.FromMilliseconds(pause) },
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
