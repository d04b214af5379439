using System.Globalization;

namespace Orleans.Sessions.Benchmarks;

/// <summary>What a scenario measured: rates per second, in alternating rounds so that both sides meet the same machine.</summary>
internal sealed record Result(double Service, double Reference, IReadOnlyList<double> Rounds)
{
    /// <summary>Short rounds and few: to see where a change leads, not for numbers to publish.</summary>
    public static bool IsQuick { get; set; }

    /// <summary>The median of the rounds' ratios.</summary>
    public double Ratio => Rounds.Order().ElementAt(Rounds.Count / 2);

    /// <summary>Ratios as they are printed.</summary>
    public static string Text(IEnumerable<double> ratios) => string.Join(" ", ratios.Select(ratio => ratio.ToString("F2", CultureInfo.InvariantCulture)));

    /// <summary>Warms both sides up and measures them in turn.</summary>
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
            rounds.Average(pair => pair.Service), rounds.Average(pair => pair.Reference), [.. rounds.Select(pair => pair.Service / pair.Reference)]);
    }
}
