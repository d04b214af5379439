using System.Globalization;
using System.Text;
using Orleans.Sessions.Faults.Checking;

namespace Orleans.Sessions.Faults.Storms;

/// <summary>What came of a storm.</summary>
internal sealed record StormResult(string Storm)
{
    private const int ShownOfAKind = 5;

    /// <summary>Nobody else's slowest of a hundred may take longer than this many times what it took before.</summary>
    private const double MaxRatio = 2;

    public int Requests { get; init; }

    public required Latencies Before { get; init; }

    public required Latencies During { get; init; }

    public long PeakBytes { get; init; }

    public TimeSpan WorkedOffAfter { get; init; }

    public IReadOnlyList<Violation> Violations { get; init; } = [];

    public bool IsGood => Violations.Count == 0 && IsMeasured && ReadRatio <= MaxRatio && WriteRatio <= MaxRatio;

    /// <summary>Whether there were enough requests of others to compare.</summary>
    private bool IsMeasured => Before.AreMany && During.AreMany;

    private double ReadRatio => During.Reads / Before.Reads;

    private double WriteRatio => During.Writes / Before.Writes;

    /// <summary>A table of results, and what was wrong in them.</summary>
    public static string Table(IReadOnlyList<StormResult> results)
    {
        var text = new StringBuilder();
        text.AppendLine(
            "| storm | of the storm | of others, before + during | lost | wrong | reads, p99 before | during | ratio "
                + "| writes, p99 before | during | ratio | peak memory | worked off after |"
        );
        text.AppendLine("|---|---|---|---|---|---|---|---|---|---|---|---|---|");
        foreach (var result in results)
        {
            text.AppendLine(result.Row());
        }

        foreach (var result in results)
        {
            if (!result.IsMeasured)
            {
                text.AppendLine(CultureInfo.InvariantCulture, $"\n{result.Storm}: others made too few reads or writes to compare");
            }

            foreach (var kind in result.Violations.GroupBy(violation => violation.Wrong))
            {
                text.AppendLine(CultureInfo.InvariantCulture, $"\n{result.Storm}: {kind.Key} ({kind.Count()} times)");
                foreach (var violation in kind.Take(ShownOfAKind))
                {
                    text.AppendLine(CultureInfo.InvariantCulture, $"  {violation.At:mm\\:ss\\.fff} {violation.Subject} {violation.Text}");
                }
            }
        }

        return text.ToString();
    }

    private string Row()
    {
        var lost = Violations.Count(violation => violation.Wrong is Wrong.Lost or Wrong.TokenRefused);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"| {Storm} | {Requests} | {Before.Count} + {During.Count} | {lost} | {Violations.Count - lost} "
                + $"| {Before.Reads.TotalMilliseconds:0.0} ms | {During.Reads.TotalMilliseconds:0.0} ms | {ReadRatio:0.00} "
                + $"| {Before.Writes.TotalMilliseconds:0.0} ms | {During.Writes.TotalMilliseconds:0.0} ms | {WriteRatio:0.00} "
                + $"| {PeakBytes / 1048576} MB | {WorkedOffAfter.TotalSeconds:0.0} s |"
        );
    }
}
