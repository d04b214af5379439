using System.Collections.Concurrent;
using System.Diagnostics;

namespace Orleans.Sessions.Storage;

/// <summary>
/// How many rows a search matches in all. An index finds a page of a million rows as fast as one of ten, but counting
/// them takes time in proportion. So: a page that is not full says the total itself; up to <see cref="ExactUpTo"/>
/// rows are counted every time; and a larger count, always a true one, is used again for <see cref="MaxAge"/>.
/// </summary>
internal sealed class TotalCounter(Database database)
{
    /// <summary>Up to here a total is the one of this moment.</summary>
    public const int ExactUpTo = 10_000;

    /// <summary>How old a larger total may be.</summary>
    public static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(2);

    /// <summary>How many searches are remembered; they are all forgotten when there are more.</summary>
    private const int MaxRemembered = 256;

    private readonly ConcurrentDictionary<string, (Task<long> Count, long Begun)> _large = new();

    /// <summary>The total as far as the page says it: one that is not full is the last one, unless it is past the end.</summary>
    public static long? OfPage(int rows, long offset, int limit) =>
        rows < limit && (rows > 0 || offset == 0) ? offset + rows : null;

    /// <summary>Counts what matches; <paramref name="text"/> has the places <c>{condition}</c> and <c>{most}</c>.</summary>
    public async Task<long> CountAsync(string text, string condition, SqlQuery query, CancellationToken cancellationToken)
    {
        text = text.Replace("{condition}", condition, StringComparison.Ordinal);
        var key = $"{text}\0{query.Values}";
        if (_large.TryGetValue(key, out var known) && Stopwatch.GetElapsedTime(known.Begun) < MaxAge)
        {
            return await known.Count.WaitAsync(cancellationToken);
        }

        var few = await CountAsync(ExactUpTo + 1, cancellationToken);
        if (few <= ExactUpTo)
        {
            return few;
        }

        if (_large.Count >= MaxRemembered)
        {
            _large.Clear();
        }

        // Others wait for the same count, so no single caller may cancel it.
        var count = CountAsync(long.MaxValue, CancellationToken.None);
        _large[key] = (count, Stopwatch.GetTimestamp());
        try
        {
            return await count.WaitAsync(cancellationToken);
        }
        catch when (count.IsFaulted)
        {
            _large.TryRemove(key, out _);
            throw;
        }

        async Task<long> CountAsync(long most, CancellationToken cancellation)
        {
            var counts = await query.ReadAsync(
                database, text.Replace("{most}", $"{most}", StringComparison.Ordinal), r => r.GetInt64(0), cancellation);
            return counts[0];
        }
    }
}
