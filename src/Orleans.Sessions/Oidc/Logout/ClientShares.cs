namespace Orleans.Sessions.Oidc.Logout;

/// <summary>
/// Counts a silo's running attempts by client, so that a client that hangs occupies no more than its share. A client's attempts are claimed
/// up to its share at once, and again when half of them are done.
/// </summary>
internal sealed class ClientShares(int total, int share)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _running = new(StringComparer.Ordinal);
    private int _count;

    /// <summary>How many more attempts may begin in total.</summary>
    public int Room
    {
        get
        {
            lock (_lock)
            {
                return total - _count;
            }
        }
    }

    /// <summary>The clients that get no further attempts now, because more than half of their share is running.</summary>
    public IReadOnlyCollection<string> Busy
    {
        get
        {
            lock (_lock)
            {
                return [.. _running.Where(client => client.Value > share / 2).Select(client => client.Key)];
            }
        }
    }

    /// <summary>Records that an attempt begins.</summary>
    public void Enter(string clientId)
    {
        lock (_lock)
        {
            _count++;
            _running[clientId] = _running.GetValueOrDefault(clientId) + 1;
        }
    }

    /// <summary>Records that an attempt has ended; returns whether its client was busy until now.</summary>
    public bool Leave(string clientId)
    {
        lock (_lock)
        {
            _count--;
            var left = _running[clientId] - 1;
            if (left == 0)
            {
                _running.Remove(clientId);
            }
            else
            {
                _running[clientId] = left;
            }

            return left == share / 2;
        }
    }
}
