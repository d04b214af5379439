using System.Collections.Immutable;
using Orleans.Runtime;
using Orleans.Sessions.State;
using Orleans.Sessions.States;

namespace Orleans.Sessions.Oidc.Clients;

/// <inheritdoc cref="IOidcClientsGrain"/>
[GrainType("oidc-clients")]
internal sealed class ClientsGrain : Grain, IOidcClientsGrain
{
    private const int MaxClients = 1000;
    private static readonly ClientsRecord s_empty = new();

    private readonly TimeProvider _clock;
    private readonly DurableState<ClientsRecord> _state;
    private (ClientsRecord Record, ClientRegistry Registry)? _shown;

    /// <summary>Called by the runtime.</summary>
    public ClientsGrain(IGrainContext context, StateServices state, TimeProvider clock)
    {
        _clock = clock;
        _state = new(StateNames.OidcClients, context, state);
    }

    /// <inheritdoc/>
    public async Task<OidcClient?> FindAsync(string clientId) => (await LoadAsync()).GetValueOrDefault(clientId);

    /// <inheritdoc/>
    public async Task<OidcClient> GetAsync(Caller caller, string clientId)
    {
        caller.Require(Permission.OidcClientRead);
        return await FindAsync(clientId) ?? throw new SessionException(SessionErrors.ClientUnknown);
    }

    /// <inheritdoc/>
    public async Task<ImmutableArray<OidcClient>> ListAsync(Caller caller)
    {
        caller.Require(Permission.OidcClientRead);
        return [.. (await LoadAsync()).Values];
    }

    /// <inheritdoc/>
    public async Task<ClientRegistry?> SnapshotAsync(Guid version)
    {
        var record = await _state.ReadAsync() ?? s_empty;
        if (_shown is not { } shown || shown.Record != record)
        {
            _shown = shown = (record, new ClientRegistry(Guid.NewGuid(), [.. record.Clients.Values]));
        }

        return shown.Registry.Version == version ? null : shown.Registry;
    }

    /// <inheritdoc/>
    public async Task<OidcClient> CreateAsync(Caller caller, OidcClient client)
    {
        caller.Require(Permission.OidcClientWrite);
        ClientRules.EnsureValid(client);
        var clients = await LoadAsync();
        if (clients.TryGetValue(client.Id, out var existing))
        {
            // A caller who repeats a lost call sends the same random secret, or no secret and the same registration.
            return ClientRules.IsSame(existing, client) ? existing : throw new SessionException(SessionErrors.ClientExists);
        }

        if (clients.Count >= MaxClients)
        {
            throw new SessionException(SessionErrors.TooManyClients);
        }

        var now = _clock.GetMicroNow();
        return await WriteAsync(clients, client with { IsConfigured = false, CreatedAt = now, ChangedAt = now });
    }

    /// <inheritdoc/>
    public async Task<OidcClient> UpdateAsync(Caller caller, OidcClient client)
    {
        caller.Require(Permission.OidcClientWrite);
        var clients = await LoadAsync();
        var existing = Changeable(clients, client.Id);
        var next = client with
        {
            // The sent secret is only for a client that had none before.
            SecretHash = client.SecretHash is null ? null : existing.SecretHash ?? client.SecretHash,
            IsConfigured = false,
            CreatedAt = existing.CreatedAt,
            ChangedAt = _clock.GetMicroNow(),
        };
        ClientRules.EnsureValid(next);
        return await WriteAsync(clients, next);
    }

    /// <inheritdoc/>
    public async Task<OidcClient> SetSecretAsync(Caller caller, string clientId, ImmutableArray<byte> secretHash)
    {
        caller.Require(Permission.OidcClientWrite);
        var clients = await LoadAsync();
        var next = Changeable(clients, clientId) with { SecretHash = secretHash, ChangedAt = _clock.GetMicroNow() };
        ClientRules.EnsureValid(next);
        return await WriteAsync(clients, next);
    }

    /// <inheritdoc/>
    public async Task<bool> DeleteAsync(Caller caller, string clientId)
    {
        caller.Require(Permission.OidcClientWrite);
        var clients = await LoadAsync();
        if (!clients.ContainsKey(clientId))
        {
            return false;
        }

        Changeable(clients, clientId);
        await _state.ReplaceAsync(new ClientsRecord { Clients = clients.Remove(clientId) });
        return true;
    }

    /// <inheritdoc/>
    public async Task ConfigureAsync(ImmutableArray<OidcClient> clients)
    {
        var before = await LoadAsync();
        var now = _clock.GetMicroNow();

        // A client that was removed from the configuration is removed from the registry too.
        var after = before.RemoveRange(before.Values.Where(client => client.IsConfigured).Select(client => client.Id));
        foreach (var client in clients)
        {
            ClientRules.EnsureValid(client);
            after = after.SetItem(
                client.Id,
                before.TryGetValue(client.Id, out var known) && known.IsConfigured && ClientRules.IsSame(known, client)
                    ? known
                    : client with
                    {
                        IsConfigured = true,
                        CreatedAt = known?.CreatedAt ?? now,
                        ChangedAt = now,
                    }
            );
        }

        if (!after.Values.SequenceEqual(before.Values))
        {
            await _state.ReplaceAsync(new ClientsRecord { Clients = after });
        }
    }

    private static OidcClient Changeable(ImmutableSortedDictionary<string, OidcClient> clients, string clientId)
    {
        var client = clients.GetValueOrDefault(clientId) ?? throw new SessionException(SessionErrors.ClientUnknown);
        return client.IsConfigured ? throw new SessionException(SessionErrors.ClientConfigured) : client;
    }

    private async ValueTask<ImmutableSortedDictionary<string, OidcClient>> LoadAsync() =>
        (await _state.ReadAsync())?.Clients.WithComparers(StringComparer.Ordinal) ?? s_empty.Clients;

    private async Task<OidcClient> WriteAsync(ImmutableSortedDictionary<string, OidcClient> clients, OidcClient client)
    {
        await _state.ReplaceAsync(new ClientsRecord { Clients = clients.SetItem(client.Id, client) });
        return client;
    }
}
