using System.Globalization;
using Orleans.Sessions.Fuzz.World;

namespace Orleans.Sessions.Fuzz.Running;

/// <summary>The options on the command line.</summary>
public sealed record FuzzOptions
{
    public const string Usage = """
        usage: Orleans.Sessions.Fuzz --minutes N [--database sqlite|postgresql] [--seed N]
               Orleans.Sessions.Fuzz --actions N [--database sqlite|postgresql] [--seed N]
               Orleans.Sessions.Fuzz --limits [--database sqlite|postgresql] [--seed N]
        Without a database: both, one after the other. Without a seed: another one every time.
        """;

    public IReadOnlyList<FuzzDatabase> Databases { get; private init; } = Enum.GetValues<FuzzDatabase>();

    public FuzzPlan Plan { get; private init; } = new(Random.Shared.Next(), TimeSpan.FromDays(1), 0);

    /// <summary>Whether to flood the service instead.</summary>
    public bool IsFlood { get; private init; }

    /// <summary>Whether the arguments are for a run, and not for the test runner.</summary>
    public static bool AreMeant(string[] arguments) => arguments.Any(argument => argument is "--minutes" or "--actions" or "--limits");

    /// <summary>The options; <c>null</c> if the arguments are invalid.</summary>
    public static FuzzOptions? Parse(string[] arguments)
    {
        var options = new FuzzOptions { IsFlood = arguments.Contains("--limits") };
        foreach (var pair in arguments.Where(argument => argument != "--limits").Chunk(2))
        {
            if (pair is ["--database", var name] && Enum.TryParse<FuzzDatabase>(name, ignoreCase: true, out var database))
            {
                options = options with { Databases = [database] };
            }
            else if (pair is ["--seed", var text] && long.TryParse(text, CultureInfo.InvariantCulture, out var seed))
            {
                options = options with { Plan = options.Plan with { Seed = seed } };
            }
            else if (pair is ["--minutes", var time] && double.TryParse(time, CultureInfo.InvariantCulture, out var minutes))
            {
                options = options with { Plan = options.Plan with { Duration = TimeSpan.FromMinutes(minutes), Actions = long.MaxValue } };
            }
            else if (pair is ["--actions", var count] && long.TryParse(count, CultureInfo.InvariantCulture, out var actions))
            {
                options = options with { Plan = options.Plan with { Actions = actions } };
            }
            else
            {
                return null;
            }
        }

        return options;
    }
}
