using Orleans.Sessions.Faults.Checking;

namespace Orleans.Sessions.Faults.Running;

/// <summary>The result of one fault in one run.</summary>
/// <param name="Fault">Its name.</param>
/// <param name="Operations">The number of operations from its beginning to the last question about it.</param>
/// <param name="Wrong">The number of violations of each kind.</param>
/// <param name="ThirdTries">The number of questions that neither the first nor the next node answered.</param>
/// <param name="LongestWait">The longest time until a client, which tries the next node at once, got an answer that settled its
/// question.</param>
/// <param name="Silence">The longest time in which no client had any success.</param>
/// <param name="Recovery">The time from the end of the fault until the last node served again; <c>null</c> if a node did not.</param>
public sealed record FaultOutcome(
    string Fault,
    int Operations,
    IReadOnlyDictionary<Wrong, int> Wrong,
    int ThirdTries,
    TimeSpan LongestWait,
    TimeSpan Silence,
    TimeSpan? Recovery
)
{
    public static FaultOutcome Of(Period period, IEnumerable<Operation> history, IEnumerable<Violation> violations)
    {
        var operations = history.Where(operation => period.Has(operation.Invoked)).ToList();
        var asked = operations.Where(operation => !operation.IsFinal).ToList();
        return new FaultOutcome(
            period.Fault.Name,
            operations.Count,
            violations.Where(violation => period.Has(violation.At)).CountBy(violation => violation.Wrong).ToDictionary(),
            asked.Count(operation => operation.Tries > 2),
            asked.Select(operation => operation.Responded - operation.Invoked).DefaultIfEmpty().Max(),
            LongestSilence(asked, period),
            period.Recovery
        );
    }

    /// <summary>The number of violations of these kinds.</summary>
    public int Count(params Wrong[] kinds) => kinds.Sum(kind => Wrong.GetValueOrDefault(kind));

    private static TimeSpan LongestSilence(List<Operation> asked, Period period)
    {
        var successes = asked
            .Where(operation => operation.Outcome == Outcome.Done && operation.Responded < period.Until)
            .Select(operation => operation.Responded)
            .Prepend(period.From)
            .Order()
            .ToList();
        return successes.Zip(successes.Skip(1), (one, next) => next - one).DefaultIfEmpty().Max();
    }
}
