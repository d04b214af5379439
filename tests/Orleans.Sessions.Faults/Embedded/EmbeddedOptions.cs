using System.Globalization;

namespace Orleans.Sessions.Faults.Embedded;

/// <summary>What the command line says of the embedded database.</summary>
internal sealed record EmbeddedOptions
{
    public static string Usage { get; } =
        $"""
            usage: Orleans.Sessions.Faults --embedded all|NAME,NAME,... [--rounds N] [--seed N] [--keep FOLDER]
            NAME is one of: {string.Join(", ", Scenario.All.Select(scenario => scenario.Name))}
            --rounds: how often the process is killed. --keep: what the service prints is written there.
            """;

    public IReadOnlyList<Scenario> Scenarios { get; init; } = [];

    public int Rounds { get; init; } = 30;

    public int Seed { get; init; } = Random.Shared.Next();

    public string? Keep { get; init; }

    /// <summary>Whether these are arguments of such a run.</summary>
    public static bool AreMeant(string[] arguments) => arguments.Contains("--embedded");

    /// <summary>The options; <c>null</c>: the arguments make no sense.</summary>
    public static EmbeddedOptions? Parse(string[] arguments)
    {
        var options = new EmbeddedOptions();
        foreach (var pair in arguments.Chunk(2))
        {
            EmbeddedOptions? next = pair switch
            {
                ["--embedded", "all"] => options with { Scenarios = Scenario.All },
                ["--embedded", var names] => Named(names) is { } scenarios ? options with { Scenarios = scenarios } : null,
                ["--rounds", var text] when int.TryParse(text, CultureInfo.InvariantCulture, out var rounds) => options with
                {
                    Rounds = rounds,
                },
                ["--seed", var text] when int.TryParse(text, CultureInfo.InvariantCulture, out var seed) => options with { Seed = seed },
                ["--keep", var folder] => options with { Keep = folder },
                _ => null,
            };
            if (next is null)
            {
                return null;
            }

            options = next;
        }

        return options.Scenarios.Count > 0 ? options : null;
    }

    private static List<Scenario>? Named(string names)
    {
        var scenarios = names.Split(',').Select(Scenario.Named).ToList();
        return scenarios.Contains(null) ? null : [.. scenarios.Select(scenario => scenario!)];
    }
}
