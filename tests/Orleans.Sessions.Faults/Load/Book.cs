namespace Orleans.Sessions.Faults.Load;

/// <summary>The users and sessions that clients know.</summary>
public sealed class Book
{
    private const int RecentSessions = 300;

    private readonly Lock _lock = new();
    private readonly List<KnownSession> _open = [];
    private readonly List<KnownSession> _ended = [];
    private readonly List<KnownSession> _all = [];

    /// <summary>The ids of the users.</summary>
    public IReadOnlyList<string> Users { get; init; } = [];

    /// <summary>All sessions, including ended ones.</summary>
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

    /// <summary>An open session, usually a recent one.</summary>
    public KnownSession? Open(Random dice)
    {
        lock (_lock)
        {
            return Pick(_open, dice);
        }
    }

    /// <summary>An ended session, usually a recent one.</summary>
    public KnownSession? Ended(Random dice)
    {
        lock (_lock)
        {
            return Pick(_ended, dice);
        }
    }

    /// <summary>An open session with which someone has logged in to the application.</summary>
    public KnownSession? OpenWithGrant(Random dice)
    {
        lock (_lock)
        {
            return Pick([.. _open.TakeLast(RecentSessions).Where(session => session.Grant is not null)], dice);
        }
    }

    /// <summary>An ended session with which someone had logged in to the application.</summary>
    public KnownSession? EndedWithGrant(Random dice)
    {
        lock (_lock)
        {
            return Pick([.. _ended.TakeLast(RecentSessions).Where(session => session.Grant is not null)], dice);
        }
    }

    /// <summary>Takes an open session out of the book, in order to end it.</summary>
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
