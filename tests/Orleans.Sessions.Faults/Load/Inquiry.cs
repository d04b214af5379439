namespace Orleans.Sessions.Faults.Load;

/// <summary>After a fault: asks every node for every session that was touched, and for every list.</summary>
public sealed class Inquiry(Clients clients)
{
    private const int AtOnce = 12;
    private const int Tries = 5;

    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(500);

    public Task RunAsync(TimeSpan touchedSince, CancellationToken cancellationToken)
    {
        List<Question> questions =
        [
            .. clients.Book.All.Where(session => session.TouchedAt >= touchedSince).SelectMany(About),
            .. clients.Book.Users.Select(clients.Calls.List),
        ];
        return Parallel.ForEachAsync(
            Enumerable.Range(0, clients.Nodes.Count).SelectMany(node => questions.Select(question => (node, question))),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            (asked, _) => AskAsync(asked.node, asked.question)
        );
    }

    private IEnumerable<Question> About(KnownSession session)
    {
        yield return clients.Calls.Read(session);
        yield return clients.Calls.ReadByToken(session, session.Current);
        if (session.IsProved)
        {
            yield return Calls.ReadAsBearer(session, session.Current);
            yield return clients.Logins.Exchange(session, session.Current);
        }

        if (session.Grant is { } grant)
        {
            yield return clients.Logins.Introspect(session, grant);
        }
    }

    private async ValueTask AskAsync(int node, Question question)
    {
        var invoked = clients.Journal.Now;
        var answer = await clients.Nodes.AskAsync(node, question.Request);
        for (var i = 1; i < Tries && answer.IsWorthAnotherTry; i++)
        {
            await Task.Delay(s_pause);
            answer = await clients.Nodes.AskAsync(node, question.Request);
        }

        clients.Journal.Add(question.Answered(answer, invoked, clients.Journal.Now) with { IsFinal = true });
    }
}
