namespace Orleans.Sessions.Faults.Checking;

/// <summary>
/// Judges a history. A session is a register with versions: every acknowledged write has one, so an order of the writes need not be
/// searched for, and what is left to judge is
/// whether each answer fits it and real time: nothing is older than what anybody was told before it was asked for, nothing from the future,
/// nothing undone. A write of unknown
/// outcome may have happened at any time after it was asked for, or never.
/// </summary>
/// <param name="grace">How long a replaced token is good.</param>
/// <param name="clockError">By how much the clocks of the nodes may differ from ours.</param>
public sealed class Checker(TimeSpan grace, TimeSpan clockError)
{
    /// <summary>Everything wrong in the history.</summary>
    public IReadOnlyList<Violation> Check(IReadOnlyCollection<Operation> history)
    {
        List<Violation> found = [];
        var sessions = SessionHistory.Of(history, clockError);
        foreach (var session in sessions.Values)
        {
            found.AddRange(new SessionRules(session, grace + clockError).Check());
        }

        found.AddRange(new ListRules(history, sessions).Check());
        return found;
    }
}
