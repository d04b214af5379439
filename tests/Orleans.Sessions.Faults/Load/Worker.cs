using System.Globalization;
using Orleans.Sessions.Faults.Checking;

namespace Orleans.Sessions.Faults.Load;

/// <summary>A client that does one operation after the other and records the answers.</summary>
/// <param name="number">Its number, which is different for each worker.</param>
/// <param name="seed">The seed of its choices.</param>
/// <param name="clients">What all clients share.</param>
/// <param name="onlyReads">Whether it writes nothing.</param>
public sealed class Worker(int number, int seed, Clients clients, bool onlyReads)
{
    private static readonly TimeSpan s_within = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan s_shortLifetime = TimeSpan.FromSeconds(8);

    private const int EveryOnlyReads = 4;

    /// <summary>Choices from this number on do not retry writes.</summary>
    private const int FirstRead = 46;

    private readonly Random _dice = new(HashCode.Combine(seed, number));
    private int _writes;

    /// <summary>
    /// Some workers. A client asks nothing else while it waits for a write that cannot be done. So every fourth one only reads, and shows
    /// whether reads are possible.
    /// </summary>
    public static IEnumerable<Worker> Some(int count, int seed, Clients clients) =>
        Enumerable.Range(0, count).Select(number => new Worker(number, seed, clients, onlyReads: number % EveryOnlyReads == 0));

    /// <summary>Works until <paramref name="end"/> is canceled.</summary>
    public async Task RunAsync(TimeSpan pause, CancellationToken end)
    {
        while (!end.IsCancellationRequested)
        {
            await StepAsync();
            await Task.Delay(pause, CancellationToken.None);
        }
    }

    /// <summary>Does one thing.</summary>
    public Task StepAsync() =>
        _dice.Next(onlyReads ? FirstRead : 0, 100) switch
        {
            < 12 => CreateAsync(),
            < 36 => With(clients.Book.Open(_dice), UpdateAsync),
            < 44 => With(clients.Book.TakeOpen(_dice), EndAsync),
            < FirstRead => With(clients.Book.Open(_dice), LogInAsync),
            < 58 => With(clients.Book.Open(_dice), session => AskAsync(clients.Calls.Read(session))),
            < 67 => With(clients.Book.Ended(_dice), session => AskAsync(clients.Calls.Read(session))),
            < 75 => With(clients.Book.Open(_dice), session => ShowAsync(session, session.Current)),
            < 82 => With(clients.Book.Open(_dice), session => ShowAsync(session, session.Any(_dice))),
            < 89 => With(clients.Book.Ended(_dice), session => ShowAsync(session, session.Current)),
            < 93 => With(clients.Book.OpenWithGrant(_dice), UseGrantAsync),
            < 96 => With(clients.Book.EndedWithGrant(_dice), UseGrantAsync),
            _ => AskAsync(clients.Calls.List(clients.Book.Users[_dice.Next(clients.Book.Users.Count)])),
        };

    private static Task With(KnownSession? session, Func<KnownSession, Task> act) => session is null ? Task.CompletedTask : act(session);

    private async Task CreateAsync()
    {
        var (tag, user, isProved) = (NextTag(), clients.Book.Users[_dice.Next(clients.Book.Users.Count)], _dice.Next(2) == 0);
        var question = clients.Calls.Create(tag, user, isProved, _dice.Next(10) == 0 ? s_shortLifetime : null);
        await AskAsync(question, (answer, operation) =>
        {
            var (id, sequence) = (answer.Text("sessionId"), Calls.Sequence(answer));
            var session = new KnownSession(id, user, tag, answer.Text("sessionToken"), sequence, isProved);
            session.TouchedAt = clients.Journal.Now;
            clients.Book.Add(session);
            return operation with { Session = id, Sequence = sequence };
        });
    }

    private async Task UpdateAsync(KnownSession session)
    {
        if (!session.TakesWrites())
        {
            return;
        }

        session.TouchedAt = clients.Journal.Now;
        var (tag, proves) = (NextTag(), !session.IsProved && _dice.Next(3) == 0);
        await AskAsync(clients.Calls.Update(session, tag, proves, _dice.Next(3) == 0 ? session.Sequence : null), (answer, operation) =>
        {
            var sequence = Calls.Sequence(answer);
            session.Learn(tag, answer.Text("sessionToken"), sequence, proves);
            return operation with { Sequence = sequence };
        });
    }

    private Task EndAsync(KnownSession session)
    {
        session.TouchedAt = clients.Journal.Now;
        return AskAsync(clients.Calls.End(session));
    }

    private Task ShowAsync(KnownSession session, (string Tag, string Token) token) =>
        AskAsync(
            (session.IsProved ? _dice.Next(4) : 0) switch
            {
                0 or 1 => clients.Calls.ReadByToken(session, token),
                2 => Calls.ReadAsBearer(session, token),
                _ => clients.Logins.Exchange(session, token),
            }
        );

    private async Task LogInAsync(KnownSession session)
    {
        if (!session.IsProved || session.HasGrant)
        {
            return;
        }

        var node = _dice.Next(clients.Nodes.Count);
        var begun = await clients.Nodes.AskUntilSettledAsync(node, clients.Logins.Authorize(), s_within);
        if (Logins.Parameter(begun.Body, "authRequest") is not { Length: > 0 } login)
        {
            return;
        }

        // A login that is linked twice is refused the second time. So only a first answer says anything about the session.
        var question = clients.Logins.HandOver(login, session, session.Current);
        var invoked = clients.Journal.Now;
        var handed = await clients.Nodes.AskAsync((node + 1) % clients.Nodes.Count, question.Request);
        clients.Journal.Add(question.Answered(handed, invoked, clients.Journal.Now));
        if (handed.IsGood)
        {
            var redeem = clients.Logins.Redeem(Logins.Parameter(handed.Text("callbackUrl"), "code"));
            var tokens = await clients.Nodes.AskAsync((node + 2) % clients.Nodes.Count, redeem);
            if (tokens.IsGood)
            {
                session.PutGrant(Logins.GrantIn(tokens));
            }
        }
    }

    /// <summary>
    /// A refresh is tried once. A refresh token that is used twice revokes its whole family, and then a refusal proves nothing. For the
    /// same reason the grant is taken, so that no other client uses it.
    /// </summary>
    private async Task UseGrantAsync(KnownSession session)
    {
        if (_dice.Next(3) > 0)
        {
            if (session.Grant is { } known)
            {
                await AskAsync(clients.Logins.Introspect(session, known));
            }

            return;
        }

        if (session.TakeGrant() is not { } grant)
        {
            return;
        }

        var question = clients.Logins.Refresh(session, grant);
        var invoked = clients.Journal.Now;
        var answer = await clients.Nodes.AskAsync(_dice.Next(clients.Nodes.Count), question.Request);
        clients.Journal.Add(question.Answered(answer, invoked, clients.Journal.Now));
        if (!answer.IsWorthAnotherTry)
        {
            session.PutGrant(answer.IsGood ? Logins.GrantIn(answer) : grant);
        }
    }

    private async Task AskAsync(Question question, Func<Answer, Operation, Operation>? learn = null)
    {
        var invoked = clients.Journal.Now;
        var answer = await clients.Nodes.AskUntilSettledAsync(_dice.Next(clients.Nodes.Count), question.Request, s_within);
        var operation = question.Answered(answer, invoked, clients.Journal.Now);
        clients.Journal.Add(learn is not null && operation.Outcome == Outcome.Done ? learn(answer, operation) : operation);
    }

    private string NextTag() => string.Create(CultureInfo.InvariantCulture, $"{number}.{++_writes}");
}
