using System.Globalization;
using Orleans.Sessions.Faults.Checking;

namespace Orleans.Sessions.Faults.Load;

/// <summary>A client that does one thing after the other and writes down what it is told.</summary>
public sealed class Worker(int number, long seed, Nodes nodes, Book book, Journal journal, Calls calls)
{
    private static readonly TimeSpan s_within = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan s_shortLifetime = TimeSpan.FromSeconds(8);

    private readonly Random _dice = new(HashCode.Combine((int)seed, number));
    private int _writes;

    /// <summary>Works until it is told to end.</summary>
    public async Task RunAsync(TimeSpan pause, CancellationToken end)
    {
        while (!end.IsCancellationRequested)
        {
            await StepAsync();
            await Task.Delay(pause, CancellationToken.None);
        }
    }

    private Task StepAsync() => _dice.Next(100) switch
    {
        < 12 => CreateAsync(),
        < 40 => With(book.Open(_dice), UpdateAsync),
        < 48 => With(book.TakeOpen(_dice), EndAsync),
        < 62 => With(book.Open(_dice), ReadAsync),
        < 72 => With(book.Ended(_dice), ReadAsync),
        < 80 => With(book.Open(_dice), session => ShowAsync(session, session.Current)),
        < 88 => With(book.Open(_dice), session => ShowAsync(session, session.Any(_dice))),
        < 96 => With(book.Ended(_dice), session => ShowAsync(session, session.Current)),
        _ => ListAsync(book.Users[_dice.Next(book.Users.Count)]),
    };

    private static Task With(KnownSession? session, Func<KnownSession, Task> act) => session is null ? Task.CompletedTask : act(session);

    private async Task CreateAsync()
    {
        var (tag, user, isProved) = (NextTag(), book.Users[_dice.Next(book.Users.Count)], _dice.Next(2) == 0);
        TimeSpan? lifetime = _dice.Next(10) == 0 ? s_shortLifetime : null;
        await DoAsync(calls.Create(tag, user, isProved, lifetime), (answer, operation) =>
        {
            operation = operation with { Act = Act.Create, Tag = tag, User = user, Lifetime = lifetime, Marks = Calls.Marks(tag, isProved, isCreate: true, lifetime is not null) };
            if (!answer.IsGood)
            {
                return operation;
            }

            var (id, sequence) = (answer.Text("sessionId"), Calls.Sequence(answer));
            book.Add(new KnownSession(id, user, tag, answer.Text("sessionToken"), sequence, isProved) { TouchedAt = journal.Now });
            return operation with { Session = id, Sequence = sequence };
        });
    }

    private async Task UpdateAsync(KnownSession session)
    {
        if (!session.TakesWrites())
        {
            return;
        }

        session.TouchedAt = journal.Now;
        var (tag, proves) = (NextTag(), !session.IsProved && _dice.Next(3) == 0);
        var request = calls.Update(session, tag, proves) with { ExpectedSequence = _dice.Next(3) == 0 ? session.Sequence : null };
        await DoAsync(request, (answer, operation) =>
        {
            operation = operation with { Act = Act.Update, Session = session.Id, Tag = tag, Marks = Calls.Marks(tag, proves) };
            if (!answer.IsGood)
            {
                return operation;
            }

            var sequence = Calls.Sequence(answer);
            session.Learn(tag, answer.Text("sessionToken"), sequence, proves);
            return operation with { Sequence = sequence };
        });
    }

    private Task EndAsync(KnownSession session)
    {
        session.TouchedAt = journal.Now;
        return DoAsync(calls.End(session), (_, operation) => operation with { Act = Act.End, Session = session.Id });
    }

    private Task ReadAsync(KnownSession session) => DoAsync(calls.Read(session), (answer, operation) => operation with
    {
        Act = Act.Read,
        Session = session.Id,
        Shown = answer.IsGood ? [Calls.Seen(answer.Json["session"]!.AsObject())] : [],
    });

    private Task ListAsync(string user) => DoAsync(calls.List(user), (answer, operation) => operation with
    {
        Act = Act.List,
        User = user,
        Shown = [.. Calls.Listed(answer)],
    });

    private Task ShowAsync(KnownSession session, (string Tag, string Token) token)
    {
        var isBearer = session.IsProved && _dice.Next(2) == 0;
        return DoAsync(isBearer ? calls.ReadAsBearer(session, token.Token) : calls.ReadWithToken(session, token.Token), (_, operation) => operation with
        {
            Act = isBearer ? Act.Authenticate : Act.ReadByToken,
            Session = session.Id,
            Tag = token.Tag,
            How = isBearer ? "as bearer" : "",
        });
    }

    private async Task DoAsync(Request request, Func<Answer, Operation, Operation> describe)
    {
        var invoked = journal.Now;
        var answer = await nodes.AskUntilSettledAsync(_dice.Next(nodes.Count), request, s_within);
        journal.Add(describe(answer, new Operation
        {
            Act = default,
            Invoked = invoked,
            Responded = journal.Now,
            Outcome = answer.IsGood ? Outcome.Done : answer.IsWorthAnotherTry ? Outcome.Unknown : Outcome.Refused,
            Node = answer.Node,
        }));
    }

    private string NextTag() => string.Create(CultureInfo.InvariantCulture, $"{number}.{++_writes}");
}
