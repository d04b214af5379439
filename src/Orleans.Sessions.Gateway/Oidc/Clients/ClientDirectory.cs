using System.Collections.Concurrent;
using Orleans.Sessions.Oidc;

namespace Orleans.Sessions.Gateway.Oidc.Clients;

/// <summary>Finds registered clients, remembering each for less than a second, so that a change is known everywhere within one.</summary>
internal sealed class ClientDirectory(IGrainFactory grains, TimeProvider clock)
{
    private const int MaxId = 200;
    private const int MaxEntries = 2000;
    private static readonly TimeSpan s_believedFor = TimeSpan.FromMilliseconds(800);

    private readonly ConcurrentDictionary<string, (OidcClient Client, long AskedAt)> _known = new(StringComparer.Ordinal);

    /// <summary>The client; <c>null</c>: there is none with this id.</summary>
    public async ValueTask<OidcClient?> FindAsync(string? clientId, CancellationToken cancellationToken = default)
    {
        if (clientId is not { Length: > 0 and <= MaxId })
        {
            return null;
        }

        if (_known.TryGetValue(clientId, out var entry) && clock.GetElapsedTime(entry.AskedAt) < s_believedFor)
        {
            return entry.Client;
        }

        var askedAt = clock.GetTimestamp();
        var client = await GrainCalls.RepeatAsync(
            () => grains.GetGrain<IOidcClientsGrain>(GrainKeys.OidcClients).FindAsync(clientId), clock, cancellationToken);
        if (client is null)
        {
            _known.TryRemove(clientId, out _);
        }
        else if (_known.Count < MaxEntries || _known.ContainsKey(clientId))
        {
            _known[clientId] = (client, askedAt);
        }

        return client;
    }
}
