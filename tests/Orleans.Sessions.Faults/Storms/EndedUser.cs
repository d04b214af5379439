using Orleans.Sessions.Faults.Checking;
using Orleans.Sessions.Faults.Load;

namespace Orleans.Sessions.Faults.Storms;

/// <summary>All sessions of one user are ended at once.</summary>
internal sealed class EndedUser(string name, int count, bool isEmbedded) : Storm
{
    private const int Asked = 1000;

    private readonly KnownSession[] _sessions = new KnownSession[count];
    private string _user = "";

    public override string Name => name;

    public override bool IsEmbedded => isEmbedded;

    public override async Task PrepareAsync(StormScene scene)
    {
        _user = (await scene.NewUsersAsync("ended", 1))[0];
        await scene.EachAsync(count, async i => _sessions[i] = await scene.CreateAsync($"ended.{i}", _user));
        scene.Count(count);
    }

    public override async Task RageAsync(StormScene scene)
    {
        var (invoked, request) = (scene.Now, scene.Calls.Post("/v2/sessions/delete", new { userId = _user }));
        Answer answer;
        do
        {
            answer = await scene.Clients.Nodes.AskAsync(0, request, patience: TimeSpan.FromSeconds(60));
            scene.Log($"answered {answer.Status} {answer.Body}");
        } while (answer.IsWorthAnotherTry);

        var outcome = answer.IsGood ? Outcome.Done : Outcome.Refused;
        foreach (var session in _sessions)
        {
            scene.Add(Calls.Of(Act.End, session) with { Invoked = invoked, Responded = scene.Now, Outcome = outcome, Node = answer.Node });
        }
    }

    public override async Task InquireAsync(StormScene scene)
    {
        await scene.EachAsync(Asked, i => scene.AskAsync(scene.Calls.Read(_sessions[i * (count / Asked)]), isFinal: true));
        await scene.AskAsync(scene.Calls.List(_user), isFinal: true);
        var left = await scene.Site.CountAsync($"select count(*) from session_state where ended_at is null and user_id = '{_user}'");
        if (left > 0)
        {
            scene.Wrong(Wrong.RevokedHonoured, _user, $"{left} sessions have not ended");
        }

        var events = await scene.Site.CountAsync(
            $"select count(*) from session_event where type = 'session.terminated' and user_id = '{_user}'"
        );
        if (events != count)
        {
            scene.Wrong(Wrong.Lost, _user, $"{events} events tell of the end of {count} sessions");
        }
    }
}
