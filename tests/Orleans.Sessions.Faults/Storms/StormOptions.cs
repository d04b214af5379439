using System.Collections.Immutable;
using System.Globalization;

namespace Orleans.Sessions.Faults.Storms;

/// <summary>What the command line says of storms.</summary>
internal sealed record StormOptions
{
    public static string Usage { get; } =
        $"""
            usage: Orleans.Sessions.Faults --storms all|NAME,NAME,... [--rate N] [--seed N] [--keep FOLDER] [--with NAME=VALUE]...
            NAME is one of: {string.Join(", ", AllStorms.List.Select(storm => storm.Name))}
            --rate: how many requests other people make each second. --keep: what the service prints is written there.
            --with: an environment variable of the service, to compare settings.
            """;

    public IReadOnlyList<Storm> Storms { get; init; } = [];

    public int Seed { get; init; } = Random.Shared.Next();

    public int Rate { get; init; } = 100;

    public string? Keep { get; init; }

    /// <summary>Settings of the service that replace those of the storm.</summary>
    public ImmutableDictionary<string, string> With { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>Whether these are arguments of storms.</summary>
    public static bool AreMeant(string[] arguments) => arguments.Contains("--storms");

    /// <summary>The options; <c>null</c>: the arguments make no sense.</summary>
    public static StormOptions? Parse(string[] arguments)
    {
        var options = new StormOptions();
        foreach (var pair in arguments.Chunk(2))
        {
            StormOptions? next = pair switch
            {
                ["--storms", "all"] => options with { Storms = AllStorms.List },
                ["--storms", var names] => Named(names) is { } storms ? options with { Storms = storms } : null,
                ["--rate", var text] when int.TryParse(text, CultureInfo.InvariantCulture, out var rate) => options with { Rate = rate },
                ["--seed", var text] when int.TryParse(text, CultureInfo.InvariantCulture, out var seed) => options with { Seed = seed },
                ["--keep", var folder] => options with { Keep = folder },
                ["--with", var text] when text.Split('=', 2) is [var name, var value] => options with
                {
                    With = options.With.SetItem(name, value),
                },
                _ => null,
            };
            if (next is null)
            {
                return null;
            }

            options = next;
        }

        return options.Storms.Count > 0 ? options : null;
    }

    private static List<Storm>? Named(string names)
    {
        var storms = names.Split(',').Select(AllStorms.Named).ToList();
        return storms.Contains(null) ? null : [.. storms.Select(storm => storm!)];
    }
}
