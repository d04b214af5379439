namespace Orleans.Sessions.Faults.Checking;

/// <summary>The rules for lists of a user's sessions.</summary>
internal sealed class ListRules(IReadOnlyCollection<Operation> history, IReadOnlyDictionary<string, SessionHistory> sessions)
{
    public IEnumerable<Violation> Check()
    {
        var unknownCreates = history
            .Where(operation => operation is { Act: Act.Create, Outcome: Outcome.Unknown })
            .Select(operation => operation.Tag)
            .ToHashSet();
        var ofUser = sessions.Values.Where(session => session.User.Length > 0).ToLookup(session => session.User);
        foreach (var list in history.Where(operation => operation is { Act: Act.List, Outcome: Outcome.Done }))
        {
            foreach (var seen in list.Shown)
            {
                var session = sessions[seen.Session];
                if (session.Writes.Count == 0)
                {
                    // A create without an answer has its own tag in the session until another write.
                    if (!unknownCreates.Contains(seen.Writer))
                    {
                        yield return Of(Wrong.Ghost, list, seen.Session, "has it, which nobody made");
                    }
                }
                else if (list.Invoked > session.HasEndedFrom)
                {
                    yield return Of(Wrong.Ghost, list, seen.Session, $"has it, which has ended since {session.HasEndedFrom:mm\\:ss\\.fff}");
                }
            }

            var shown = list.Shown.Select(seen => seen.Session).ToHashSet();
            foreach (
                var session in ofUser[list.User]
                    .Where(session =>
                        session.ExistsFrom < list.Invoked && list.Responded < session.MayEndFrom && !shown.Contains(session.Id)
                    )
            )
            {
                yield return Of(list.IsFinal ? Wrong.Lost : Wrong.Missing, list, session.Id, "has it not");
            }
        }
    }

    private static Violation Of(Wrong wrong, Operation list, string session, string text) =>
        new(wrong, list.Invoked, session, $"the list of {list.User} at {list.Node} {text}");
}
