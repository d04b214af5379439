using Orleans.Sessions.Faults.Checking;

namespace Orleans.Sessions.Faults.Load;

/// <summary>A request, and its description in the history.</summary>
/// <param name="Request">The request.</param>
/// <param name="Asked">What is known before an answer comes.</param>
public sealed record Question(Request Request, Operation Asked)
{
    /// <summary>The sessions that an answer shows.</summary>
    public Func<Answer, IEnumerable<Seen>> Shows { get; init; } = _ => [];

    /// <summary>What a settled answer means.</summary>
    public Func<Answer, Outcome> Means { get; init; } = answer => answer.IsGood ? Outcome.Done : Outcome.Refused;

    /// <summary>The operation as the history records it.</summary>
    public Operation Answered(Answer answer, TimeSpan invoked, TimeSpan responded)
    {
        var outcome = answer.IsWorthAnotherTry ? Outcome.Unknown : Means(answer);
        return Asked with
        {
            Invoked = invoked,
            Responded = responded,
            Outcome = outcome,
            Tries = answer.Tries,
            Node = answer.Node,
            Told = $"{answer.Status} {answer.ErrorId}".TrimEnd(),
            Shown = outcome == Outcome.Done ? [.. Shows(answer)] : [],
        };
    }
}
