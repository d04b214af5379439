namespace Orleans.Sessions.Faults.Checking;

/// <summary>
/// Judges a history. A session is a register with versions. Every acknowledged write has a version, so no search for an order of the writes
/// is needed. The checker only judges whether each answer fits this order and real time. No answer may be older than anything a client knew
/// before the question, come from the future, or undo a write. A write of unknown outcome may have happened at any time after its request,
/// or never.
/// </summary>
/// <param name="grace">How long a replaced token is good.</param>
/// <param name="clockError">How much the clocks of the nodes may differ from ours.</param>
public sealed class Checker(TimeSpan grace, TimeSpan clockError)
{
    /// <summary>All violations in the history.</summary>
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
