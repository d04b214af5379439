using System.Globalization;
using System.Text;
using Orleans.Sessions.Faults.Checking;

namespace Orleans.Sessions.Faults.Running;

/// <summary>What came of a run.</summary>
public sealed class FaultReport(
    string title, IReadOnlyList<Period> periods, IReadOnlyCollection<Operation> history, IReadOnlyList<Violation> violations)
{
    /// <summary>More of the same kind say nothing new.</summary>
    private const int ShownOfAKind = 5;

    public IReadOnlyList<Violation> Violations => violations;

    public IReadOnlyCollection<Operation> History => history;

    public override string ToString()
    {
        var text = new StringBuilder($"{title}\n\n");
        text.AppendLine(
            "| fault | operations | acknowledged lost | revoked honoured | old token honoured | wrong lists | other | answers 500 "
            + "| longest wait of a client | nobody served | every node serves after |");
        text.AppendLine("|---|---|---|---|---|---|---|---|---|---|---|");
        foreach (var period in periods)
        {
            var operations = history.Where(operation => period.Has(operation.Invoked)).ToList();
            var of = (params Wrong[] kinds) => violations.Count(violation => period.Has(violation.At) && kinds.Contains(violation.Wrong));
            object[] cells =
            [
                period.Fault,
                operations.Count,
                of(Wrong.Lost, Wrong.TokenRefused),
                of(Wrong.RevokedHonoured),
                of(Wrong.OldTokenHonoured),
                of(Wrong.Ghost, Wrong.Missing),
                of(Wrong.Stale, Wrong.TwoSuccessors, Wrong.NotServing),
                of(Wrong.ServerError),
                Seconds(LongestWait(operations)),
                Seconds(LongestSilence(operations, period)),
                period.Recovery is { } recovery ? Seconds(recovery) : "not at all",
            ];
            text.AppendLine(CultureInfo.InvariantCulture, $"| {string.Join(" | ", cells)} |");
        }

        var acts = history.GroupBy(operation => operation.Act).OrderBy(act => act.Key)
            .Select(act => $"{act.Key} {act.Count()} ({act.Count(operation => operation.Outcome == Outcome.Unknown)} unknown)");
        text.AppendLine(CultureInfo.InvariantCulture, $"\n{string.Join(", ", acts)}");
        foreach (var kind in violations.GroupBy(violation => violation.Wrong))
        {
            var subjects = kind.Select(violation => violation.Subject).Distinct().Count();
            text.AppendLine(CultureInfo.InvariantCulture, $"\n{kind.Key} ({kind.Count()} times, {subjects} subjects)");
            foreach (var violation in kind.Take(ShownOfAKind))
            {
                text.AppendLine(CultureInfo.InvariantCulture, $"  {violation.At:mm\\:ss\\.fff} {violation.Subject} {violation.Text}");
            }
        }

        return text.ToString();
    }

    /// <summary>How long a client that tries the next node at once waited for an answer that settles its question.</summary>
    private static TimeSpan LongestWait(IReadOnlyList<Operation> operations) => operations
        .Where(operation => !operation.IsFinal).Select(operation => operation.Responded - operation.Invoked).DefaultIfEmpty().Max();

    /// <summary>How long nobody at all had any success.</summary>
    private static TimeSpan LongestSilence(IReadOnlyList<Operation> operations, Period period)
    {
        var successes = operations
            .Where(operation => operation.Outcome == Outcome.Done && !operation.IsFinal && operation.Responded < period.Until)
            .Select(operation => operation.Responded).Prepend(period.From).Order().ToList();
        return successes.Zip(successes.Skip(1), (one, next) => next - one).DefaultIfEmpty().Max();
    }

    private static string Seconds(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.0} s");
}
