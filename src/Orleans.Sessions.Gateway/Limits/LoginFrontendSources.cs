using System.Collections.Concurrent;

namespace Orleans.Sessions.Gateway.Limits;

/// <summary>
/// The addresses from which login frontends have called lately. Only a caller with a login frontend's token adds an address.
/// </summary>
internal sealed class LoginFrontendSources(TimeProvider clock)
{
    private const int MaxSources = 10_000;
    private static readonly TimeSpan s_lifetime = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan s_fresh = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<Network, long> _seenAt = new();

    public void Add(Network source)
    {
        if (_seenAt.TryGetValue(source, out var seenAt) && clock.GetElapsedTime(seenAt) < s_fresh)
        {
            return;
        }

        if (_seenAt.Count >= MaxSources)
        {
            _seenAt.Clear();
        }

        _seenAt[source] = clock.GetTimestamp();
    }

    public bool Contains(Network source) => _seenAt.TryGetValue(source, out var seenAt) && clock.GetElapsedTime(seenAt) < s_lifetime;
}
