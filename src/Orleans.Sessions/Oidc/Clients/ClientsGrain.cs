using System.Collections.Immutable;
using Orleans.Runtime;
using Orleans.Sessions.Projects;
using Orleans.Sessions.Saml;
using Orleans.Sessions.State;
using Orleans.Sessions.States;

namespace Orleans.Sessions.Oidc.Clients;

/// <inheritdoc cref="IOidcClientsGrain"/>
[GrainType("oidc-clients")]
internal sealed partial class ClientsGrain : Grain, IOidcClientsGrain
{
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

    private DateTimeOffset Now => _clock.GetMicroNow();

    private IProjectsGrain Projects => GrainFactory.GetGrain<IProjectsGrain>(GrainKeys.Instance);

    /// <inheritdoc/>
    public async Task<OidcClient?> FindAsync(string clientId) =>
        (await LoadAsync()).GetValueOrDefault(clientId) is { IsInactive: false } client ? client : null;

    /// <inheritdoc/>
    public async Task<bool> HasAsync(string clientId) => (await LoadAsync()).ContainsKey(clientId);

    /// <inheritdoc/>
    public async Task<bool> WantsAsync(string algorithm) =>
        (await _state.ReadAsync() ?? s_empty).Clients.Values.Any(client => client.Wants(algorithm));

    /// <inheritdoc/>
    public async Task<OidcClient?> TryGetAsync(string clientId) => (await LoadAsync()).GetValueOrDefault(clientId);

    /// <inheritdoc/>
    public Task<bool> IsTakenAsync(string id) => HasAsync(id);

    /// <inheritdoc/>
    public async Task<ImmutableArray<string>> ListOfProjectAsync(string projectId) =>
        [.. (await LoadAsync()).Values.Where(client => client.ProjectId == projectId).Select(client => client.Id)];

    /// <inheritdoc/>
    public async Task<OidcClient> GetAsync(Caller caller, string clientId)
    {
        caller.Require(Permission.OidcClientRead);
        return ClientRules.Registry.Get(await LoadAsync(), clientId);
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
    public async Task<OidcClient> CreateAsync(Caller caller, OidcClient client, ApplicationShare? share = null)
    {
        caller.Require(Permission.OidcClientWrite);
        ClientRules.EnsureValid(client);
        await EnsureIdAsync(client.Id);
        await EnsureProjectAsync(client.ProjectId);
        var after = await WriteAsync(clients =>
        {
            share?.EnsureRoom(clients.Values.Where(other => other.Id != client.Id).Select(other => other.ProjectId));
            return ClientRules.Registry.Add(clients, client, Now);
        });
        try
        {
            await EnsureProjectAsync(client.ProjectId);
        }
        catch (SessionException exception) when (exception.Error == SessionErrors.ProjectUnknown)
        {
            // The project was deleted meanwhile, perhaps after it had removed its clients.
            await WriteAsync(clients => clients.Remove(client.Id));
            throw;
        }

        return after[client.Id];
    }

    /// <inheritdoc/>
    public async Task<OidcClient> UpdateAsync(Caller caller, OidcClient client)
    {
        caller.Require(Permission.OidcClientWrite);
        return await ChangeAsync(client.Id, existing => Replaced(existing, client));
    }

    /// <inheritdoc/>
    public async Task<OidcClient> ChangeAsync(Caller caller, string clientId, ClientChange change, ImmutableArray<byte>? secretHash)
    {
        caller.Require(Permission.OidcClientWrite);
        await EnsureProjectAsync(change.ProjectId);
        return await ChangeAsync(clientId, existing => ClientRules.WithCredentials(change.Apply(existing), secretHash));
    }

    /// <inheritdoc/>
    public async Task<OidcClient> AddKeyAsync(Caller caller, string clientId, ApplicationKey key)
    {
        caller.Require(Permission.OidcClientWrite);
        return await ChangeAsync(clientId, existing => ClientRules.WithKey(existing, key, Now));
    }

    /// <inheritdoc/>
    public async Task<bool> RemoveKeyAsync(Caller caller, string clientId, string keyId)
    {
        caller.Require(Permission.OidcClientWrite);
        var wasKnown = false;
        await ChangeAsync(clientId, existing =>
        {
            var left = (existing.Keys ?? []).RemoveAll(key => key.Id == keyId);
            wasKnown = left.Length < (existing.Keys?.Length ?? 0);
            return wasKnown ? existing with { Keys = left.IsEmpty ? null : left } : existing;
        });
        return wasKnown;
    }

    /// <inheritdoc/>
    public async Task<OidcClient> SetSecretAsync(Caller caller, string clientId, ImmutableArray<byte> secretHash)
    {
        caller.Require(Permission.OidcClientWrite);
        return await ChangeAsync(clientId, existing => existing with { SecretHash = secretHash });
    }

    /// <inheritdoc/>
    public async Task<bool> DeleteAsync(Caller caller, string clientId)
    {
        caller.Require(Permission.OidcClientWrite);
        var isKnown = (await LoadAsync()).ContainsKey(clientId);
        await WriteAsync(clients => ClientRules.Registry.Remove(clients, clientId));
        return isKnown;
    }

    /// <inheritdoc/>
    public async Task<int> CountOfProjectsAsync(ImmutableArray<string> projectIds)
    {
        var projects = projectIds.ToHashSet(StringComparer.Ordinal);
        return (await LoadAsync()).Values.Count(client => client.ProjectId is { } projectId && projects.Contains(projectId));
    }

    /// <inheritdoc/>
    public Task DeleteOfProjectAsync(string projectId, DateTimeOffset until) =>
        WriteAsync(clients =>
            clients.RemoveRange(
                clients.Values.Where(client => client.ProjectId == projectId && client.CreatedAt <= until).Select(client => client.Id)
            )
        );

    /// <inheritdoc/>
    public Task ConfigureAsync(ImmutableArray<OidcClient> clients)
    {
        foreach (var client in clients)
        {
            ClientRules.EnsureValid(client);
        }

        return WriteAsync(before => ClientRules.Registry.Configure(before, clients, Now));
    }

    private async Task<OidcClient> ChangeAsync(string clientId, Func<OidcClient, OidcClient> rule)
    {
        var after = await WriteAsync(clients =>
        {
            var existing = ClientRules.Registry.Changeable(clients, clientId);
            var next = rule(existing);
            if (ReferenceEquals(next, existing))
            {
                return clients;
            }

            ClientRules.EnsureValid(next);
            return ClientRules.Registry.Change(clients, next, Now);
        });
        return after[clientId];
    }

    /// <summary>
    /// A client and a project must not have the same id, because both are audiences of tokens. An application's id tells which kind it is,
    /// so a client and a service provider must not have the same id either.
    /// </summary>
    private async Task EnsureIdAsync(string id)
    {
        var providers = GrainFactory.GetGrain<IServiceProvidersGrain>(GrainKeys.SamlServiceProviders);
        if (await Projects.HasAsync(id) || await providers.HasAsync(id))
        {
            throw new SessionException(SessionErrors.ClientExists);
        }
    }

    /// <summary>The project of a client must exist.</summary>
    private async Task EnsureProjectAsync(string? projectId)
    {
        if (projectId is { Length: > 0 } && await Projects.FindAsync(projectId) is null)
        {
            throw new SessionException(SessionErrors.ProjectUnknown);
        }
    }

    private async ValueTask<ImmutableSortedDictionary<string, OidcClient>> LoadAsync() =>
        (await _state.ReadAsync())?.Clients.WithComparers(StringComparer.Ordinal) ?? s_empty.Clients;

    private async Task<ImmutableSortedDictionary<string, OidcClient>> WriteAsync(
        Func<ImmutableSortedDictionary<string, OidcClient>, ImmutableSortedDictionary<string, OidcClient>> rule
    )
    {
        var before = await LoadAsync();
        var after = rule(before);
        if (after != before)
        {
            await _state.ReplaceAsync((await _state.ReadAsync() ?? s_empty) with { Clients = after });
        }

        return after;
    }

    /// <summary>The client that replaces a registration: what only projects set stays.</summary>
    private static OidcClient Replaced(OidcClient existing, OidcClient client) =>
        client with
        {
            // The sent secret is only for a client that had none before.
            SecretHash = client.SecretHash is null ? null : existing.SecretHash ?? client.SecretHash,
            ProjectId = existing.ProjectId,
            Kind = existing.Kind,
            HasRolesInAccessTokens = existing.HasRolesInAccessTokens,
            HasRolesInIdTokens = existing.HasRolesInIdTokens,
            HasUserInfoInIdTokens = existing.HasUserInfoInIdTokens,
            IsInactive = existing.IsInactive,
            ClockSkew = existing.ClockSkew,
            AdditionalOrigins = existing.AdditionalOrigins,
            SkipsSuccessPage = existing.SkipsSuccessPage,
            RegistrationTokenHash = existing.RegistrationTokenHash,
            RegisteredNotes = existing.RegisteredNotes,
            Keys = client.Authentication == ClientAuthentication.PrivateKeyJwt ? existing.Keys : null,
        };
}
