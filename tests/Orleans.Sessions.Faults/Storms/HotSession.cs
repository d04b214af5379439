using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using Orleans.Sessions.Faults.Checking;
using Orleans.Sessions.Faults.Load;

namespace Orleans.Sessions.Faults.Storms;

/// <summary>1,000 updates a second of one session, whether it keeps up or not.</summary>
internal sealed class HotSession(string name, bool isEmbedded) : Storm
{
    private const int Rate = 1000;

    private static readonly TimeSpan s_lasts = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<int, int> _answers = [];
    private KnownSession? _session;
    private int _writes;

    public override string Name => name;

    public override bool IsEmbedded => isEmbedded;

    private KnownSession Session => _session ?? throw new InvalidOperationException("It is not made.");

    public override async Task PrepareAsync(StormScene scene) => _session = await scene.CreateAsync("hot.0", scene.Clients.Book.Users[0]);

    public override async Task RageAsync(StormScene scene)
    {
        List<Task> updates = [];
        for (var clock = Stopwatch.StartNew(); clock.Elapsed < s_lasts; await scene.WaitAsync(TimeSpan.FromMilliseconds(1)))
        {
            while (updates.Count < clock.Elapsed.TotalSeconds * Rate)
            {
                updates.Add(Task.Run(() => UpdateAsync(scene), scene.End));
            }
        }

        await Task.WhenAll(updates);
        var answers = _answers.OrderBy(answer => answer.Key).Select(answer => $"{answer.Key} {answer.Value} times");
        scene.Log($"answers: {string.Join(", ", answers)}");
        if (_answers.Keys.Except([200, 429, 503]).Any())
        {
            scene.Wrong(Wrong.ServerError, Session.Id, "an update was neither done nor refused for a while");
        }
    }

    public override Task InquireAsync(StormScene scene) => scene.AskAsync(scene.Calls.Read(Session), isFinal: true);

    /// <summary>An update that leaves its tag and nothing else: the session does not grow.</summary>
    private async Task UpdateAsync(StormScene scene)
    {
        scene.Count(1);
        var tag = $"hot.{Interlocked.Increment(ref _writes)}";
        var body = new { metadata = new Dictionary<string, byte[]> { ["writer"] = Encoding.UTF8.GetBytes(tag) } };
        var request = scene.Calls.Post(Session.Path, body) with { Method = HttpMethod.Patch };
        var question = new Question(
            request,
            new Operation
            {
                Act = Act.Update,
                Session = Session.Id,
                Tag = tag,
            }
        );
        var invoked = scene.Now;
        var answer = await scene.Clients.Nodes.AskAsync(0, request, patience: TimeSpan.FromSeconds(20));
        _answers.AddOrUpdate(answer.Status, 1, (_, count) => count + 1);
        var operation = question.Answered(answer, invoked, scene.Now);
        scene.Add(answer.IsGood ? operation with { Sequence = Calls.Sequence(answer) } : operation);
    }
}
