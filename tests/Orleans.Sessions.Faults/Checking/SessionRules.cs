namespace Orleans.Sessions.Faults.Checking;

/// <summary>The rules for one session.</summary>
internal sealed class SessionRules(SessionHistory session, TimeSpan grace)
{
    private readonly Dictionary<string, Operation> _byTag = session
        .Writes.GroupBy(write => write.Tag)
        .ToDictionary(group => group.Key, group => group.First());

    public IEnumerable<Violation> Check() =>
        [
            .. WritesFollowEachOther(),
            .. NothingGoesBack(),
            .. WhatIsShownWasWritten(),
            .. NothingIsLost(),
            .. TheDeadStayDead(),
            .. TokensAreJudgedRightly(),
        ];

    /// <summary>Each version has one successor. The later of two writes in real time has the higher version.</summary>
    private IEnumerable<Violation> WritesFollowEachOther()
    {
        foreach (var (write, next) in session.Writes.Zip(session.Writes.Skip(1)))
        {
            if (write.Sequence == next.Sequence && write.Tag != next.Tag)
            {
                yield return Of(Wrong.TwoSuccessors, next, $"version {next.Sequence} was acknowledged to {write.Tag} and to {next.Tag}");
            }
        }
    }

    /// <summary>No answer is older than anything a client knew before the question.</summary>
    private IEnumerable<Violation> NothingGoesBack()
    {
        var told = session
            .Writes.Select(write => (Operation: write, write.Sequence, IsWrite: true))
            .Concat(session.Shown.Select(shown => (Operation: shown.Read, shown.Seen.Sequence, IsWrite: false)))
            .ToList();
        var byResponse = new Queue<(Operation Operation, long Sequence, bool IsWrite)>(told.OrderBy(fact => fact.Operation.Responded));
        (long Sequence, string By) newest = (-1, "");
        foreach (var (operation, sequence, isWrite) in told.OrderBy(fact => fact.Operation.Invoked))
        {
            while (byResponse.TryPeek(out var earlier) && earlier.Operation.Responded < operation.Invoked)
            {
                byResponse.Dequeue();
                newest = earlier.Sequence > newest.Sequence ? (earlier.Sequence, By(earlier.Operation)) : newest;
            }

            if (isWrite && sequence <= newest.Sequence)
            {
                yield return Of(Wrong.TwoSuccessors, operation, $"wrote version {sequence} after {newest.Sequence} ({newest.By})");
            }
            else if (sequence < newest.Sequence)
            {
                var wrong = operation.IsFinal ? Wrong.Lost : Wrong.Stale;
                yield return Of(wrong, operation, $"shows version {sequence} after {newest.Sequence} ({newest.By})");
            }
        }
    }

    /// <summary>Each answer shows what one write left, and that write had begun.</summary>
    private IEnumerable<Violation> WhatIsShownWasWritten()
    {
        foreach (var (read, seen) in session.Shown)
        {
            if (session.UnknownTags.Contains(seen.Writer))
            {
                continue;
            }

            if (!_byTag.TryGetValue(seen.Writer, out var write))
            {
                // ListRules reports sessions that no write created.
                if (session.Writes.Count > 0)
                {
                    yield return Of(Wrong.Stale, read, $"shows {seen.Writer}, which nobody wrote");
                }

                continue;
            }

            var next = session.Writes.FirstOrDefault(later => later.Sequence > write.Sequence)?.Sequence ?? long.MaxValue;
            if (seen.Sequence < write.Sequence || seen.Sequence >= next)
            {
                yield return Of(Wrong.Stale, read, $"shows {seen.Writer} as version {seen.Sequence}, acknowledged as {write.Sequence}");
            }
            else if (read.Responded < write.Invoked)
            {
                yield return Of(Wrong.Stale, read, $"shows {seen.Writer} before it was asked for");
            }
        }
    }

    /// <summary>An answer shows every earlier acknowledged write up to the shown version.</summary>
    private IEnumerable<Violation> NothingIsLost()
    {
        foreach (var (read, seen) in session.Shown)
        {
            foreach (
                var write in session.Writes.Where(write =>
                    write.Responded < read.Invoked && write.Sequence <= seen.Sequence && !write.Marks.IsSubsetOf(seen.Marks)
                )
            )
            {
                var lacking = string.Join(", ", write.Marks.Except(seen.Marks));
                var wrong = read.IsFinal ? Wrong.Lost : Wrong.Stale;
                yield return Of(wrong, read, $"lacks {lacking} of {write.Tag} (version {write.Sequence})");
                break;
            }
        }

        foreach (var read in session.Gone.Where(read => read.Invoked > session.ExistsFrom && read.Responded < session.MayEndFrom))
        {
            yield return Of(Wrong.Lost, read, "is not there although it never ended");
        }
    }

    /// <summary>An ended session is not shown, not changed and not accepted as proof. An expired session can still be read.</summary>
    private IEnumerable<Violation> TheDeadStayDead()
    {
        var shown = session.Shown.Where(shown => shown.Read.Act == Act.Read).Select(shown => shown.Read);
        foreach (var operation in shown.Concat(session.Uses.Where(use => use.Outcome == Outcome.Done)).Concat(session.Writes))
        {
            var isRead = operation.Act is Act.Read or Act.ReadByToken;
            if (operation.Invoked > session.HasEndedFrom)
            {
                yield return Of(Wrong.RevokedHonoured, operation, $"is honoured, ended since {At(session.HasEndedFrom)}");
            }
            else if (!isRead && operation.Invoked > session.HasExpiredFrom)
            {
                yield return Of(Wrong.RevokedHonoured, operation, $"is honoured, expired since {At(session.HasExpiredFrom)}");
            }
        }
    }

    /// <summary>The current token is good. The previous token is good during the grace. Earlier tokens are not good.</summary>
    private IEnumerable<Violation> TokensAreJudgedRightly()
    {
        foreach (var use in session.Uses)
        {
            var isToken = use.Act is Act.ReadByToken or Act.Authenticate;
            var goesOnUntil = use.Act == Act.ReadByToken ? session.MayEndFrom : Earlier(session.MayEndFrom, session.MayExpireFrom);
            if (isToken && !_byTag.ContainsKey(use.Tag))
            {
                continue;
            }

            List<Operation> successors = isToken ? [.. session.Writes.Where(write => write.Sequence > _byTag[use.Tag].Sequence)] : [];
            if (use.Outcome == Outcome.Done)
            {
                if (successors.Find(write => write.Responded + grace < use.Invoked) is { } replaced)
                {
                    yield return Of(Wrong.OldTokenHonoured, use, $"the token of {use.Tag} was replaced at {At(replaced.Responded)}");
                }
                else if (successors.Count(write => write.Responded < use.Invoked) > 1)
                {
                    yield return Of(Wrong.OldTokenHonoured, use, $"the token of {use.Tag} was replaced twice");
                }
            }
            else if (
                use.Responded < Earlier(goesOnUntil, session.FirstUnknown)
                && successors.TrueForAll(write => write.Invoked > use.Responded)
            )
            {
                yield return Of(Wrong.TokenRefused, use, isToken ? $"the current token, of {use.Tag}, is refused" : "is refused");
            }
        }
    }

    private static string By(Operation operation) => $"{operation.Act} answered at {At(operation.Responded)} by {operation.Node}";

    private static string At(TimeSpan time) => $"{time:mm\\:ss\\.fff}";

    private static TimeSpan Earlier(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private Violation Of(Wrong wrong, Operation operation, string text) =>
        new(wrong, operation.Invoked, session.Id, $"{operation.Act} {operation.How} at {operation.Node} ({operation.Told}): {text}");
}
