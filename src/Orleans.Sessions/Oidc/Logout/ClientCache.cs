using System.Collections.Frozen;
using Microsoft.Extensions.Logging;
using Orleans.Sessions.Background;
using Orleans.Sessions.SigningKeys;

namespace Orleans.Sessions.Oidc.Logout;

/// <summary>
/// A silo's own copy of the registered clients, at most a second old, and of the signing keys. With it, logouts still reach their clients
/// in time while the cluster detects a dead node and starts its grains on another node.
/// </summary>
internal sealed class ClientCache(IGrainFactory grains, TimeProvider clock, ILogger<ClientCache> log)
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(1);

    /// <summary>How long the copy of the keys is used; new keys are announced for longer than this before they sign.</summary>
    private static readonly TimeSpan s_keysFreshFor = TimeSpan.FromMinutes(1);

    /// <summary>The maximum time to wait: a call to a node that has just died may remain unanswered for long.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(1);

    private Guid _version;
    private long _keysReadAt;
    private volatile FrozenDictionary<string, OidcClient> _clients = FrozenDictionary<string, OidcClient>.Empty;
    private volatile SigningKeySet? _keys;

    private IOidcClientsGrain Registry => grains.GetGrain<IOidcClientsGrain>(GrainKeys.OidcClients);

    private ISigningKeysGrain SigningKeys => grains.GetGrain<ISigningKeysGrain>(GrainKeys.SigningKeys);

    /// <summary>Keeps the copy up to date. While the cluster is not available, or a node has died, the present copy remains.</summary>
    public Task KeepAsync(CancellationToken stoppingToken) =>
        UntilStopped.RepeatAsync(
            _ => RefreshAsync(),
            stopping => Task.Delay(s_interval, clock, stopping),
            exception => LogoutLog.CopyNotRefreshed(log, exception),
            stoppingToken
        );

    /// <summary>
    /// The client; <c>null</c> if no client has this id. Fails if the client is not in the copy and the registry does not answer.
    /// </summary>
    public async ValueTask<OidcClient?> FindAsync(string clientId) =>
        _clients.GetValueOrDefault(clientId) ?? await Registry.FindAsync(clientId).WaitAsync(s_patience, clock);

    /// <summary>The key that signs. Fails if the keys were never read and the grain of the keys does not answer.</summary>
    public async ValueTask<SigningKey> SigningKeyAsync() => (_keys ?? await SigningKeys.GetAsync().WaitAsync(s_patience, clock)).Active;

    private async Task RefreshAsync()
    {
        if (await Registry.SnapshotAsync(_version) is { } registry)
        {
            _clients = registry.Clients.ToFrozenDictionary(client => client.Id, StringComparer.Ordinal);
            _version = registry.Version;
        }

        if (_keys is null || clock.GetElapsedTime(_keysReadAt) >= s_keysFreshFor)
        {
            var readAt = clock.GetTimestamp();
            _keys = await SigningKeys.GetAsync();
            _keysReadAt = readAt;
        }
    }
}
