namespace Orleans.Sessions.Faults.Load;

/// <summary>The people and sessions that clients know.</summary>
public sealed class Book
{
    private const int RecentSessions = 300;

    private readonly Lock _lock = new();
    private readonly List<KnownSession> _open = [];
    private readonly List<KnownSession> _ended = [];
    private readonly List<KnownSession> _all = [];

    /// <summary>The ids of the people.</summary>
    public IReadOnlyList<string> Users { get; init; } = [];

    /// <summary>Every session there ever was.</summary>
    public IReadOnlyList<KnownSession> All
    {
        get
        {
            lock (_lock)
            {
                return [.. _all];
            }
        }
    }

    public void Add(KnownSession session)
    {
        lock (_lock)
        {
            _open.Add(session);
            _all.Add(session);
        }
    }

    /// <summary>One of the sessions that go on, mostly a recent one.</summary>
    public KnownSession? Open(Random dice)
    {
        lock (_lock)
        {
            return Pick(_open, dice);
        }
    }

    /// <summary>One of the sessions that have ended, mostly a recent one.</summary>
    public KnownSession? Ended(Random dice)
    {
        lock (_lock)
        {
            return Pick(_ended, dice);
        }
    }

    /// <summary>One of the sessions that go on with which somebody has logged in somewhere.</summary>
    public KnownSession? OpenWithGrant(Random dice)
    {
        lock (_lock)
        {
            return Pick([.. _open.TakeLast(RecentSessions).Where(session => session.Grant is not null)], dice);
        }
    }

    /// <summary>One of the sessions that have ended with which somebody had logged in somewhere.</summary>
    public KnownSession? EndedWithGrant(Random dice)
    {
        lock (_lock)
        {
            return Pick([.. _ended.TakeLast(RecentSessions).Where(session => session.Grant is not null)], dice);
        }
    }

    /// <summary>Takes a session that goes on, to end it.</summary>
    public KnownSession? TakeOpen(Random dice)
    {
        lock (_lock)
        {
            if (Pick(_open, dice) is not { } session)
            {
                return null;
            }

            _open.Remove(session);
            _ended.Add(session);
            return session;
        }
    }

    private static KnownSession? Pick(List<KnownSession> sessions, Random dice)
    {
        var from = dice.Next(4) == 0 ? 0 : Math.Max(0, sessions.Count - RecentSessions);
        return sessions.Count == 0 ? null : sessions[dice.Next(from, sessions.Count)];
    }
}
