using System.Collections.Concurrent;

namespace Orleans.Sessions.Gateway.Limits;

/// <summary>
/// Bearer tokens that were good a short time ago: a source that sends too many wrong ones goes on being heard with them. Only for deciding who is asked about a token at all;
/// whether it still is good is found out as ever. Kept are hashes of them, in two generations of a lifetime each, and not too many.
/// </summary>
internal sealed class KnownTokens(TimeSpan lifetime, int maxEntries, TimeProvider clock)
{
    private ConcurrentDictionary<int, bool> _young = new();
    private ConcurrentDictionary<int, bool> _old = new();
    private long _since = clock.GetTimestamp();
    private int _count;

    public bool Contains(string token) => _young.ContainsKey(Hash(token)) || _old.ContainsKey(Hash(token));

    public void Add(string token)
    {
        if (_count >= maxEntries / 2 || clock.GetElapsedTime(_since) > lifetime)
        {
            (_old, _young, _count, _since) = (_young, new(), 0, clock.GetTimestamp());
        }

        var hash = Hash(token);
        if (!_young.ContainsKey(hash) && _young.TryAdd(hash, true))
        {
            Interlocked.Increment(ref _count);
        }
    }

    /// <summary>Differs from process to process. Another text with the same hash is only heard as well.</summary>
    private static int Hash(string token) => token.GetHashCode(StringComparison.Ordinal);
}
