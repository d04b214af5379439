using System.Collections.Concurrent;

namespace Orleans.Sessions.Gateway.Cluster;

/// <summary>
/// Finds the entries of a registry and remembers each for less than a second, so that every node knows a change within a second.
/// </summary>
/// <typeparam name="T">An entry.</typeparam>
internal sealed class RegistryCache<T>(Func<string, CancellationToken, Task<T?>> find, TimeProvider clock)
    where T : class
{
    private const int MaxEntries = 2000;
    private static readonly TimeSpan s_believedFor = TimeSpan.FromMilliseconds(800);

    private readonly ConcurrentDictionary<string, (T Entry, long AskedAt)> _known = new(StringComparer.Ordinal);

    /// <summary>The entry; <c>null</c> if no entry has this name.</summary>
    public ValueTask<T?> FindAsync(string name, CancellationToken cancellationToken) =>
        _known.TryGetValue(name, out var known) && clock.GetElapsedTime(known.AskedAt) < s_believedFor
            ? new(known.Entry)
            : new(AskAsync(name, cancellationToken));

    private async Task<T?> AskAsync(string name, CancellationToken cancellationToken)
    {
        var askedAt = clock.GetTimestamp();
        var entry = await find(name, cancellationToken);
        if (entry is null)
        {
            _known.TryRemove(name, out _);
        }
        else
        {
            if (_known.Count >= MaxEntries)
            {
                _known.Clear();
            }

            _known[name] = (entry, askedAt);
        }

        return entry;
    }
}
