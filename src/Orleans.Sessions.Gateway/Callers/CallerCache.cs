using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Orleans.Sessions.Gateway.Callers;

/// <summary>
/// Remembers for less than a second which caller a personal access token or a foreign JWT belongs to, so that a busy login frontend does
/// not ask its user's grain for every request. A withdrawn token or role therefore stops working within a second. Only hashes of tokens are
/// kept.
/// </summary>
internal sealed class CallerCache(TimeProvider clock)
{
    private const int MaxEntries = 50_000;

    /// <summary>How long a caller is remembered at most.</summary>
    public static readonly TimeSpan BelievedFor = TimeSpan.FromMilliseconds(800);

    private Generation _young = new(0);
    private Generation _old = new(0);

    /// <summary>
    /// The time to pass to <see cref="Add"/>. Take it before the token is looked up; otherwise the cache would keep the result for too
    /// long.
    /// </summary>
    public long Now => clock.GetTimestamp();

    public bool TryGet(string token, [NotNullWhen(true)] out Caller? caller)
    {
        var key = Key.Of(token);
        if (
            (_young.Entries.TryGetValue(key, out var entry) || _old.Entries.TryGetValue(key, out entry))
            && clock.GetElapsedTime(entry.AskedAt) < BelievedFor
        )
        {
            caller = entry.Caller;
            return true;
        }

        caller = null;
        return false;
    }

    public void Add(string token, Caller caller, long askedAt)
    {
        // Two generations replace an eviction of single entries: old entries go when their generation goes.
        if (clock.GetElapsedTime(_young.Since) >= BelievedFor)
        {
            (_old, _young) = (_young, new Generation(clock.GetTimestamp()));
        }

        if (_young.Entries.Count < MaxEntries)
        {
            _young.Entries[Key.Of(token)] = new Entry(caller, askedAt);
        }
    }

    private readonly record struct Entry(Caller Caller, long AskedAt);

    private readonly record struct Key(ulong A, ulong B, ulong C, ulong D)
    {
        public static Key Of(string token)
        {
            Span<ulong> hash = stackalloc ulong[4];
            var length = Encoding.UTF8.GetMaxByteCount(token.Length);
            var bytes = length <= 1024 ? stackalloc byte[length] : new byte[length];
            SHA256.HashData(bytes[..Encoding.UTF8.GetBytes(token, bytes)], MemoryMarshal.AsBytes(hash));
            return new Key(hash[0], hash[1], hash[2], hash[3]);
        }
    }

    private sealed class Generation(long since)
    {
        public long Since { get; } = since;

        public ConcurrentDictionary<Key, Entry> Entries { get; } = new();
    }
}
