using Orleans.Sessions.Faults.Checking;
using Orleans.Sessions.Faults.Load;

namespace Orleans.Sessions.Faults.Storms;

/// <summary>100,000 sessions that the service has just made, and that expire within one minute.</summary>
internal sealed class ExpiringActivations : Storm
{
    private const int Sessions = 100_000;
    private const int Users = 1000;

    /// <summary>Every so many prove a password, and are asked afterwards whether they still stand for somebody.</summary>
    private const int EveryIsAsked = 200;

    private static readonly TimeSpan s_minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan s_lead = TimeSpan.FromSeconds(170);

    private readonly KnownSession[] _sessions = new KnownSession[Sessions];

    public override string Name => "expiry-in-memory";

    public override async Task PrepareAsync(StormScene scene)
    {
        scene.BeginsAt = scene.Now + s_lead;
        var users = await scene.NewUsersAsync("expiring", Users);
        await scene.EachAsync(Sessions, async i =>
        {
            var lifetime = scene.BeginsAt + (s_minute * Random.Shared.NextDouble()) - scene.Now;
            _sessions[i] = await scene.CreateAsync($"expiring.{i}", users[i % Users], lifetime, isProved: i % EveryIsAsked == 0);
        });
        scene.Count(Sessions);
        if (scene.Now > scene.BeginsAt)
        {
            throw new InvalidOperationException($"It took {scene.Now} to make the sessions: too long for what is to be measured.");
        }
    }

    public override async Task RageAsync(StormScene scene)
    {
        await scene.WaitAsync(s_minute);

        // Those of others that have expired by now are among them; they are few.
        await Backlog.WaitAsync(scene, $"expires_at <= {DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() * 1000}");
    }

    public override async Task InquireAsync(StormScene scene)
    {
        await scene.EachAsync(Sessions / EveryIsAsked, async i =>
        {
            var session = _sessions[i * EveryIsAsked];
            await scene.AskAsync(Calls.ReadAsBearer(session, session.Current), isFinal: true);
            await scene.AskAsync(scene.Calls.Read(session), isFinal: true);
        });
        var ids = _sessions.Select(session => session.Id).ToHashSet();
        var published = await scene.Site.CountAsync("select count(distinct session_id) from session_event where type = 'session.expired'");
        if (published < ids.Count)
        {
            scene.Wrong(Wrong.Lost, Name, $"the expiry of {ids.Count - published} sessions was not published");
        }
    }
}
