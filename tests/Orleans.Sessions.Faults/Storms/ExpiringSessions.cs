using Orleans.Sessions.Faults.Checking;

namespace Orleans.Sessions.Faults.Storms;

/// <summary>100,000 sessions that expire within one minute and are in no memory: the sweeper has to find them.</summary>
internal sealed class ExpiringSessions(string name, bool isEmbedded) : Storm
{
    private const int Sessions = 100_000;
    private const int Users = 1000;

    private static readonly TimeSpan s_minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan s_lead = TimeSpan.FromSeconds(60);

    private StoredSessions? _stored;

    public override string Name => name;

    public override bool IsEmbedded => isEmbedded;

    private StoredSessions Stored => _stored ?? throw new InvalidOperationException("They are not made.");

    public override async Task PrepareAsync(StormScene scene)
    {
        scene.BeginsAt = scene.Now + s_lead;
        var begins = DateTimeOffset.UtcNow + s_lead;
        _stored = await StoredSessions.MakeAsync(scene, Users, Sessions, (begins, begins + s_minute));
        scene.Count(Sessions);
    }

    public override async Task RageAsync(StormScene scene)
    {
        await scene.WaitAsync(s_minute);
        await Backlog.WaitAsync(scene, Stored.Condition);
    }

    public override async Task InquireAsync(StormScene scene)
    {
        var (events, sessions) = await Stored.EventsAsync("session.expired");
        if (sessions < Sessions)
        {
            scene.Wrong(Wrong.Lost, Name, $"the expiry of {Sessions - sessions} sessions was not published");
        }

        if (events != sessions)
        {
            scene.Wrong(Wrong.TwoSuccessors, Name, $"{events} events tell of the expiry of {sessions} sessions");
        }
    }
}
