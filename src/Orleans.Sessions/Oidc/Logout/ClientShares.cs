namespace Orleans.Sessions.Oidc.Logout;

/// <summary>
/// How many attempts of a silo run for which client, so that a client that hangs holds its own share and no more. A client has its share taken for it at once,
/// and again when half of it is done.
/// </summary>
internal sealed class ClientShares(int total, int share)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _running = new(StringComparer.Ordinal);
    private int _count;

    /// <summary>How many more attempts may begin in all.</summary>
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

    /// <summary>The clients that get nothing more now: more than half of their share is running.</summary>
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

    /// <summary>An attempt begins.</summary>
    public void Enter(string clientId)
    {
        lock (_lock)
        {
            _count++;
            _running[clientId] = _running.GetValueOrDefault(clientId) + 1;
        }
    }

    /// <summary>An attempt is over; answers whether its client was busy until now.</summary>
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
