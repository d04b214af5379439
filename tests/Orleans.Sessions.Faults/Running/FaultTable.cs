using System.Globalization;
using System.Text;
using Orleans.Sessions.Faults.Checking;
using Orleans.Sessions.Faults.Faults;

namespace Orleans.Sessions.Faults.Running;

/// <summary>The table of results for each fault, over all its occurrences. For durations it has the median and the worst.</summary>
public static class FaultTable
{
    private static readonly string[] s_columns =
    [
        "fault",
        "times",
        "operations",
        "acknowledged lost",
        "revoked honoured",
        "old token honoured",
        "wrong lists",
        "other",
        "answers 500",
        "needed a third try",
        "longest wait of a client",
        "nobody served",
        "every node serves after",
    ];

    public static string Of(IEnumerable<FaultOutcome> outcomes)
    {
        var text = new StringBuilder("| ").AppendJoin(" | ", s_columns).AppendLine(" |");
        text.AppendJoin("---", Enumerable.Repeat("|", s_columns.Length + 1)).AppendLine();
        var byFault = outcomes.ToLookup(outcome => outcome.Fault);
        foreach (var times in AllFaults.List.Select(fault => byFault[fault.Name].ToList()).Where(times => times.Count > 0))
        {
            var of = (params Wrong[] kinds) => times.Sum(outcome => outcome.Count(kinds));
            object[] cells =
            [
                times[0].Fault,
                times.Count,
                times.Sum(outcome => outcome.Operations),
                of(Wrong.Lost, Wrong.TokenRefused),
                of(Wrong.RevokedHonoured),
                of(Wrong.OldTokenHonoured),
                of(Wrong.Ghost, Wrong.Missing),
                of(Wrong.Stale, Wrong.TwoSuccessors, Wrong.NotServing),
                of(Wrong.ServerError),
                times.Sum(outcome => outcome.ThirdTries),
                Seconds(times.Select(outcome => outcome.LongestWait)),
                Seconds(times.Select(outcome => outcome.Silence)),
                times.TrueForAll(outcome => outcome.Recovery is not null)
                    ? Seconds(times.Select(outcome => outcome.Recovery!.Value))
                    : "not at all",
            ];
            text.AppendLine(CultureInfo.InvariantCulture, $"| {string.Join(" | ", cells)} |");
        }

        return text.ToString();
    }

    private static string Seconds(IEnumerable<TimeSpan> times)
    {
        var seconds = times.Select(time => time.TotalSeconds).Order().ToList();
        var (median, worst) = (seconds[(seconds.Count - 1) / 2], seconds[^1]);
        return seconds.Count == 1
            ? string.Create(CultureInfo.InvariantCulture, $"{worst:0.0} s")
            : string.Create(CultureInfo.InvariantCulture, $"{median:0.0} s, {worst:0.0} s");
    }
}
