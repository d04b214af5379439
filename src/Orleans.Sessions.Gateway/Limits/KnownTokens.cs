using System.Collections.Concurrent;

namespace Orleans.Sessions.Gateway.Limits;

/// <summary>
/// Bearer tokens that were good a short time ago. A source that sends too many wrong tokens may still use these. The list only decides
/// whether a token is looked up at all; the look-up decides as always whether the token is still good. It keeps hashes of tokens, in two
/// generations of one lifetime each, up to a maximum number.
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

    /// <summary>The hash differs from process to process. Another text with the same hash is only looked up as well.</summary>
    private static int Hash(string token) => token.GetHashCode(StringComparison.Ordinal);
}
