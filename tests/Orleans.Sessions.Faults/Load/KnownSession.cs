namespace Orleans.Sessions.Faults.Load;

/// <summary>What clients know about a session.</summary>
public sealed class KnownSession(string id, string user, string tag, string token, long sequence, bool isProved)
{
    private const int MaxWrites = 60;

    private readonly Lock _lock = new();
    private readonly List<(string Tag, string Token)> _tokens = [(tag, token)];
    private int _writes;

    public string Id => id;

    public string User => user;

    public string Path => $"/v2/sessions/{id}";

    /// <summary>The highest acknowledged version.</summary>
    public long Sequence { get; private set; } = sequence;

    /// <summary>Whether a password was proved in it.</summary>
    public bool IsProved { get; private set; } = isProved;

    /// <summary>When a client last changed it, or tried to.</summary>
    public TimeSpan TouchedAt { get; set; }

    /// <summary>The tokens of a login with it.</summary>
    public Grant? Grant { get; private set; }

    /// <summary>Whether there was ever a login with it.</summary>
    public bool HasGrant { get; private set; }

    /// <summary>Whether it has room for the mark of another write.</summary>
    public bool TakesWrites() => Interlocked.Increment(ref _writes) <= MaxWrites;

    /// <summary>The token of the highest version, with the tag of the write that created it.</summary>
    public (string Tag, string Token) Current
    {
        get
        {
            lock (_lock)
            {
                return _tokens[^1];
            }
        }
    }

    /// <summary>One of its tokens.</summary>
    public (string Tag, string Token) Any(Random dice)
    {
        lock (_lock)
        {
            return _tokens[dice.Next(_tokens.Count)];
        }
    }

    public void PutGrant(Grant grant)
    {
        lock (_lock)
        {
            (Grant, HasGrant) = (grant, true);
        }
    }

    /// <summary>Takes the grant, so that no other client uses it.</summary>
    public Grant? TakeGrant()
    {
        lock (_lock)
        {
            var grant = Grant;
            Grant = null;
            return grant;
        }
    }

    public void Learn(string tag, string token, long sequence, bool isProved)
    {
        lock (_lock)
        {
            if (sequence > Sequence)
            {
                Sequence = sequence;
                _tokens.Add((tag, token));
            }
            else
            {
                _tokens.Insert(0, (tag, token));
            }

            IsProved |= isProved;
        }
    }
}
