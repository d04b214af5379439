using System.Collections.Concurrent;
using Orleans.Sessions.Faults.Checking;
using Orleans.Sessions.Faults.Load;

namespace Orleans.Sessions.Faults.Storms;

/// <summary>The service and the clients of a storm, and what the storm records.</summary>
internal sealed class StormScene(Site site, Clients clients, Action<string> log, CancellationToken end)
{
    private readonly ConcurrentQueue<Operation> _operations = [];
    private readonly ConcurrentQueue<Violation> _violations = [];
    private int _requests;

    public Site Site => site;

    public Clients Clients => clients;

    public Calls Calls => clients.Calls;

    public CancellationToken End => end;

    public TimeSpan Now => clients.Journal.Now;

    /// <summary>The earliest time at which the storm begins. Otherwise it begins when the measurement before it is complete.</summary>
    public TimeSpan BeginsAt { get; set; }

    /// <summary>What the storm itself did, as a part of the history.</summary>
    public IReadOnlyCollection<Operation> Operations => _operations;

    public IReadOnlyCollection<Violation> Violations => _violations;

    /// <summary>The number of requests, or of sessions, of the storm.</summary>
    public int Requests => _requests;

    public void Log(string text) => log(text);

    public void Count(int requests) => Interlocked.Add(ref _requests, requests);

    public void Add(Operation operation) => _operations.Enqueue(operation);

    public void Wrong(Wrong wrong, string subject, string text) => _violations.Enqueue(new Violation(wrong, Now, subject, text));

    /// <summary>Sends a request that must succeed at the first try.</summary>
    public async Task<Answer> ExpectAsync(Request request)
    {
        var answer = await clients.Nodes.AskAsync(0, request);
        return answer.IsGood
            ? answer
            : throw new InvalidOperationException($"{request.Method} {request.Path}: {answer.Status} {answer.Body}");
    }

    /// <summary>Asks until there is an answer that settles the question, and takes it to the history.</summary>
    public async Task<Answer> AskAsync(Question question, Func<Answer, Operation, Operation>? learn = null, bool isFinal = false)
    {
        var invoked = Now;
        var answer = await clients.Nodes.AskUntilSettledAsync(0, question.Request, TimeSpan.FromSeconds(30));
        var operation = question.Answered(answer, invoked, Now) with { IsFinal = isFinal };
        Add(learn is not null && operation.Outcome == Outcome.Done ? learn(answer, operation) : operation);
        return answer;
    }

    /// <summary>Creates a session.</summary>
    public async Task<KnownSession> CreateAsync(string tag, string user, TimeSpan? lifetime = null, bool isProved = false)
    {
        KnownSession? session = null;
        var answer = await AskAsync(Calls.Create(tag, user, isProved, lifetime), (answer, operation) =>
        {
            session = new KnownSession(answer.Text("sessionId"), user, tag, answer.Text("sessionToken"), Calls.Sequence(answer), isProved);
            return operation with { Session = session.Id, Sequence = session.Sequence };
        });
        return session ?? throw new InvalidOperationException($"{answer.Status} {answer.Body}");
    }

    /// <summary>Creates users.</summary>
    public async Task<string[]> NewUsersAsync(string name, int count)
    {
        var users = new string[count];
        await EachAsync(count, async i => users[i] = (await ExpectAsync(Calls.NewUser($"{name}-{i}"))).Text("userId"));
        return users;
    }

    /// <summary>Does something many times, a few at once.</summary>
    public Task EachAsync(int count, Func<int, Task> act) =>
        Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = 24, CancellationToken = end }, async (i, _) =>
            await act(i)
        );

    public Task WaitAsync(TimeSpan time) => time > TimeSpan.Zero ? Task.Delay(time, end) : Task.CompletedTask;
}
