using System.Collections.Immutable;

namespace Orleans.Sessions.Oidc.Logout;

/// <summary>
/// A silo's own copy of the registered clients, at most a second old, and of the signing keys: while a dead node is noticed and what it had comes up on another one,
/// logouts still reach their clients in time.
/// </summary>
public sealed class ClientCopy(IGrainFactory grains, TimeProvider clock)
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(1);

    /// <summary>New keys are announced for longer before they sign.</summary>
    private static readonly TimeSpan s_keysFreshFor = TimeSpan.FromMinutes(1);

    /// <summary>A call to a node that has just died may go unanswered for long.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(1);

    private ClientRegistry _clients = new(Guid.Empty, ImmutableSortedDictionary<string, OidcClient>.Empty);
    private (SigningKeySet Keys, long ReadAt)? _keys;

    private IOidcClientsGrain Registry => grains.GetGrain<IOidcClientsGrain>(GrainKeys.OidcClients);

    private ISigningKeysGrain SigningKeys => grains.GetGrain<ISigningKeysGrain>(GrainKeys.SigningKeys);

    /// <summary>Keeps the copy fresh.</summary>
    public async Task KeepAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(s_interval, clock);
        try
        {
            do
            {
                await RefreshAsync();
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException)
        {
            // The host stops.
        }
    }

    /// <summary>The client; <c>null</c>: there is none with this id. Fails when the client is new and the registry does not answer.</summary>
    public async ValueTask<OidcClient?> FindAsync(string clientId) =>
        _clients.Clients.GetValueOrDefault(clientId) ?? await Registry.FindAsync(clientId).WaitAsync(s_patience, clock);

    /// <summary>The key that signs. Fails when the keys were never read and do not answer.</summary>
    public async ValueTask<SigningKey> SigningKeyAsync() =>
        (_keys?.Keys ?? await SigningKeys.GetAsync().WaitAsync(s_patience, clock)).Active;

    private async Task RefreshAsync()
    {
        try
        {
            if (await Registry.SnapshotAsync(_clients.Version) is { } clients)
            {
                _clients = clients;
            }

            if (_keys is not { } keys || clock.GetElapsedTime(keys.ReadAt) >= s_keysFreshFor)
            {
                var readAt = clock.GetTimestamp();
                _keys = (await SigningKeys.GetAsync(), readAt);
            }
        }
        catch (Exception)
        {
            // The cluster is not there yet, or a node has died: what is known stays, and is read again in a second.
        }
    }
}
