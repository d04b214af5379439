namespace Orleans.Sessions.Faults.Checking;

/// <summary>The writes to one session, and the answers about it.</summary>
public sealed class SessionHistory(string id, TimeSpan clockError)
{
    private readonly List<Operation> _writes = [];
    private readonly List<Operation> _ends = [];

    public string Id => id;

    /// <summary>The user of the session.</summary>
    public string User => _writes.FirstOrDefault(write => write.Act == Act.Create)?.User ?? "";

    /// <summary>The acknowledged writes, by version.</summary>
    public IReadOnlyList<Operation> Writes { get; private set; } = [];

    /// <summary>The tags of writes that may have happened.</summary>
    public HashSet<string> UnknownTags { get; } = [];

    /// <summary>The earliest request time of a write of unknown outcome.</summary>
    public TimeSpan FirstUnknown { get; private set; } = TimeSpan.MaxValue;

    /// <summary>Answers that show the session.</summary>
    public List<(Operation Read, Seen Seen)> Shown { get; } = [];

    /// <summary>Answers that the session does not exist.</summary>
    public List<Operation> Gone { get; } = [];

    /// <summary>Uses of its tokens, and of tokens from logins with it.</summary>
    public List<Operation> Uses { get; } = [];

    /// <summary>The time from which the session exists.</summary>
    public TimeSpan ExistsFrom { get; private set; } = TimeSpan.MaxValue;

    /// <summary>The time from which the session may have ended.</summary>
    public TimeSpan MayEndFrom { get; private set; } = TimeSpan.MaxValue;

    /// <summary>The time from which the session has ended, because a client knows of the end.</summary>
    public TimeSpan HasEndedFrom { get; private set; } = TimeSpan.MaxValue;

    /// <summary>The time from which its lifetime may be over.</summary>
    public TimeSpan MayExpireFrom { get; private set; } = TimeSpan.MaxValue;

    /// <summary>The time from which its lifetime is over.</summary>
    public TimeSpan HasExpiredFrom { get; private set; } = TimeSpan.MaxValue;

    /// <summary>The sessions of a history, by id.</summary>
    public static Dictionary<string, SessionHistory> Of(IEnumerable<Operation> history, TimeSpan clockError)
    {
        Dictionary<string, SessionHistory> sessions = [];
        SessionHistory Session(string id) =>
            sessions.TryGetValue(id, out var known) ? known : sessions[id] = new SessionHistory(id, clockError);

        foreach (var operation in history)
        {
            if (operation.Session.Length > 0)
            {
                Session(operation.Session).Add(operation);
            }

            foreach (var seen in operation.Shown.Where(seen => operation.Act is Act.Read or Act.List))
            {
                Session(seen.Session).Shown.Add((operation, seen));
            }
        }

        foreach (var session in sessions.Values)
        {
            session.Complete();
        }

        return sessions;
    }

    private void Add(Operation operation)
    {
        switch (operation.Act)
        {
            case Act.Create or Act.Update when operation.Outcome == Outcome.Done:
                _writes.Add(operation);
                break;
            case Act.Create or Act.Update when operation.Outcome == Outcome.Unknown:
                UnknownTags.Add(operation.Tag);
                FirstUnknown = Min(FirstUnknown, operation.Invoked);
                break;
            case Act.End when operation.Outcome != Outcome.Refused:
                _ends.Add(operation);
                break;
            case Act.Read when operation.Outcome == Outcome.Refused:
                Gone.Add(operation);
                break;
            case Act.ReadByToken or Act.Authenticate or Act.UseGrant when operation.Outcome != Outcome.Unknown:
                Uses.Add(operation);
                break;
        }
    }

    private void Complete()
    {
        Writes = [.. _writes.OrderBy(write => write.Sequence).ThenBy(write => write.Invoked)];
        ExistsFrom = _writes.Select(write => write.Responded).DefaultIfEmpty(TimeSpan.MaxValue).Min();
        foreach (var end in _ends)
        {
            MayEndFrom = Min(MayEndFrom, end.Invoked);
            HasEndedFrom = end.Outcome == Outcome.Done ? Min(HasEndedFrom, end.Responded) : HasEndedFrom;
        }

        if (_writes.FirstOrDefault(write => write.Lifetime is not null) is { } mortal)
        {
            MayExpireFrom = mortal.Invoked + mortal.Lifetime!.Value - clockError;
            HasExpiredFrom = mortal.Responded + mortal.Lifetime.Value + clockError;
        }

        // An answer that the session is gone confirms an end of unknown outcome.
        if (MayEndFrom != TimeSpan.MaxValue)
        {
            HasEndedFrom = Gone.Select(read => read.Responded).Where(told => told >= MayEndFrom).Append(HasEndedFrom).Min();
        }
    }

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
