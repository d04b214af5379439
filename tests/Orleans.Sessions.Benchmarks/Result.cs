using System.Globalization;

namespace Orleans.Sessions.Benchmarks;

/// <summary>
/// The result of a scenario: rates per second. The rounds alternate, so that both sides run on the same machine in the same state.
/// </summary>
internal sealed record Result(double Service, double Reference, IReadOnlyList<double> Rounds)
{
    /// <summary>Whether rounds are few and short. This shows the direction of a change, but gives no numbers to publish.</summary>
    public static bool IsQuick { get; set; }

    /// <summary>The median of the rounds' ratios.</summary>
    public double Ratio => Rounds.Order().ElementAt(Rounds.Count / 2);

    /// <summary>The ratios in printed form.</summary>
    public static string Text(IEnumerable<double> ratios) =>
        string.Join(" ", ratios.Select(ratio => ratio.ToString("F2", CultureInfo.InvariantCulture)));

    /// <summary>Warms up both sides and measures them in turn.</summary>
    public static async Task<Result> CompareAsync(Func<TimeSpan, Task<double>> service, Func<TimeSpan, Task<double>> reference)
    {
        var warmUp = TimeSpan.FromSeconds(IsQuick ? 6 : 8);
        var round = TimeSpan.FromSeconds(IsQuick ? 3 : 6);
        await service(warmUp);
        await reference(warmUp / 2);
        var rounds = new List<(double Service, double Reference)>();
        for (var i = 0; i < (IsQuick ? 3 : 5); i++)
        {
            rounds.Add((await service(round), await reference(round)));
        }

        return new Result(
            rounds.Average(pair => pair.Service),
            rounds.Average(pair => pair.Reference),
            [.. rounds.Select(pair => pair.Service / pair.Reference)]
        );
    }
}
