using System.Globalization;
using System.Text;
using Orleans.Sessions.Faults.Checking;

namespace Orleans.Sessions.Faults.Running;

/// <summary>The report of a run.</summary>
public sealed class FaultReport(
    string title,
    IReadOnlyList<Period> periods,
    IReadOnlyCollection<Operation> history,
    IReadOnlyList<Violation> violations
)
{
    /// <summary>Further violations of the same kind add nothing new.</summary>
    private const int ShownOfAKind = 5;

    private const int ShownWaits = 40;

    public IReadOnlyList<Violation> Violations => violations;

    public IReadOnlyCollection<Operation> History => history;

    /// <summary>The result of each fault.</summary>
    public IReadOnlyList<FaultOutcome> Outcomes { get; } = [.. periods.Select(period => FaultOutcome.Of(period, history, violations))];

    /// <summary>All violations, one per line, in order of time.</summary>
    public IEnumerable<string> ViolationLines =>
        violations
            .OrderBy(violation => violation.At)
            .Select(violation => $"{violation.At:mm\\:ss\\.fff} {violation.Wrong} {violation.Subject} {violation.Text}");

    /// <summary>The operations that took longest, one per line.</summary>
    public IEnumerable<string> WaitLines =>
        history
            .Where(operation => !operation.IsFinal)
            .OrderByDescending(operation => operation.Responded - operation.Invoked)
            .Take(ShownWaits)
            .Select(operation =>
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{operation.Invoked:mm\\:ss\\.fff} {(operation.Responded - operation.Invoked).TotalSeconds:0.0} s {operation.Act} "
                        + $"{operation.How} {operation.Session}{operation.User} {operation.Outcome} ({operation.Told}) at {operation.Node}"
                )
            );

    public override string ToString()
    {
        var text = new StringBuilder($"{title}\n\n{FaultTable.Of(Outcomes)}");
        var acts = history
            .GroupBy(operation => operation.Act)
            .OrderBy(act => act.Key)
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
}
