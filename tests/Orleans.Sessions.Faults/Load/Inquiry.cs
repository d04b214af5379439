using Orleans.Sessions.Faults.Checking;

namespace Orleans.Sessions.Faults.Load;

/// <summary>After a fault: asks every node for everything that was touched, and for every list.</summary>
public sealed class Inquiry(Nodes nodes, Book book, Journal journal, Calls calls)
{
    private const int AtOnce = 12;
    private const int Tries = 5;

    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(500);

    public async Task RunAsync(TimeSpan touchedSince, CancellationToken cancellationToken)
    {
        var sessions = book.All.Where(session => session.TouchedAt >= touchedSince).ToList();
        var questions =
            from node in Enumerable.Range(0, nodes.Count)
            from question in sessions.SelectMany(session => Of(node, session)).Concat(book.Users.Select(user => (Func<Task>)(() => ListAsync(node, user))))
            select question;
        await Parallel.ForEachAsync(
            questions,
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (question, _) => await question());
    }

    private IEnumerable<Func<Task>> Of(int node, KnownSession session)
    {
        yield return () => AskAsync(node, calls.Read(session), answer => new Asked(Act.Read, session.Id)
        {
            Shown = answer.IsGood ? [Calls.Seen(answer.Json["session"]!.AsObject())] : [],
        });
        var (tag, token) = session.Current;
        yield return () => AskAsync(node, calls.ReadWithToken(session, token), _ => new Asked(Act.ReadByToken, session.Id) { Tag = tag });
        if (session.IsProved)
        {
            yield return () => AskAsync(node, calls.ReadAsBearer(session, token), _ => new Asked(Act.Authenticate, session.Id) { Tag = tag, How = "as bearer" });
        }
    }

    private Task ListAsync(int node, string user) =>
        AskAsync(node, calls.List(user), answer => new Asked(Act.List, "") { User = user, Shown = [.. Calls.Listed(answer)] });

    private async Task AskAsync(int node, Request request, Func<Answer, Asked> describe)
    {
        var invoked = journal.Now;
        var answer = await nodes.AskAsync(node, request);
        for (var i = 1; i < Tries && answer.IsWorthAnotherTry; i++)
        {
            await Task.Delay(s_pause);
            answer = await nodes.AskAsync(node, request);
        }

        var asked = describe(answer);
        journal.Add(new Operation
        {
            Act = asked.Act,
            Session = asked.Session,
            User = asked.User,
            Tag = asked.Tag,
            How = asked.How,
            Shown = asked.Shown,
            Invoked = invoked,
            Responded = journal.Now,
            Outcome = answer.IsGood ? Outcome.Done : answer.IsWorthAnotherTry ? Outcome.Unknown : Outcome.Refused,
            Node = answer.Node,
            IsFinal = true,
        });
    }

    private sealed record Asked(Act Act, string Session)
    {
        public string User { get; init; } = "";

        public string Tag { get; init; } = "";

        public string How { get; init; } = "";

        public IReadOnlyList<Seen> Shown { get; init; } = [];
    }
}
