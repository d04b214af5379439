using System.Collections.Immutable;
using System.Text;

namespace Orleans.Sessions.Sessions;

/// <summary>The rules of session metadata (contract §8.5): an update merges.</summary>
internal static class SessionMetadata
{
    /// <summary>The maximum number of keys of a session.</summary>
    public const int MaxKeys = 100;

    /// <summary>The maximum size of all keys (UTF-8) and values of a session, in bytes.</summary>
    public const int MaxBytes = 64 * 1024;

    /// <summary>
    /// <paramref name="before"/> with <paramref name="changes"/> merged in; the same instance if nothing changes. Fails with
    /// <c>SESSION-Meta1</c> if the result is too large.
    /// </summary>
    public static ImmutableDictionary<string, ImmutableArray<byte>> Merge(
        ImmutableDictionary<string, ImmutableArray<byte>> before,
        ImmutableDictionary<string, ImmutableArray<byte>> changes
    )
    {
        if (changes.IsEmpty)
        {
            return before;
        }

        var after = before.ToBuilder();
        var changed = false;
        foreach (var (key, value) in changes)
        {
            if (value.IsDefaultOrEmpty)
            {
                changed |= after.Remove(key);
            }
            else if (!after.TryGetValue(key, out var old) || !old.AsSpan().SequenceEqual(value.AsSpan()))
            {
                after[key] = value;
                changed = true;
            }
        }

        if (after.Count > MaxKeys || after.Sum(entry => (long)Encoding.UTF8.GetByteCount(entry.Key) + entry.Value.Length) > MaxBytes)
        {
            throw new SessionException(SessionErrors.MetadataTooLarge);
        }

        return changed ? after.ToImmutable() : before;
    }
}
