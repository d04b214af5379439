using System.Collections.Immutable;

namespace Orleans.Sessions.Oidc.Clients;

/// <content>Clients that register themselves (RFC 7591, RFC 7592).</content>
internal sealed partial class ClientsGrain
{
    /// <inheritdoc/>
    public async Task AddInitialTokenAsync(Caller caller, InitialAccessToken token)
    {
        caller.Require(Permission.OidcClientWrite);
        var now = Now;
        RegistrationRules.EnsureValid(token, now);
        var record = await _state.ReadAsync() ?? s_empty;
        var known = RegistrationRules.Usable(record, now);
        if (known.Any(other => other.Id == token.Id))
        {
            // The call is repeated.
            return;
        }

        if (known.Length >= RegistrationRules.MaxTokens)
        {
            throw new SessionException(SessionErrors.TooManyInitialTokens);
        }

        await _state.ReplaceAsync(record with { InitialTokens = known.Add(token with { CreatedAt = now }) });
    }

    /// <inheritdoc/>
    public async Task<ImmutableArray<InitialAccessToken>> ListInitialTokensAsync(Caller caller)
    {
        caller.Require(Permission.OidcClientRead);
        return RegistrationRules.Usable(await _state.ReadAsync() ?? s_empty, Now);
    }

    /// <inheritdoc/>
    public async Task<bool> DeleteInitialTokenAsync(Caller caller, string tokenId)
    {
        caller.Require(Permission.OidcClientWrite);
        var record = await _state.ReadAsync() ?? s_empty;
        var known = RegistrationRules.Usable(record, Now);
        var left = known.RemoveAll(token => token.Id == tokenId);
        if (left.Length == known.Length)
        {
            return false;
        }

        await _state.ReplaceAsync(record with { InitialTokens = left });
        return true;
    }

    /// <inheritdoc/>
    public async Task<OidcClient> RegisterAsync(string initialToken, OidcClient client)
    {
        var now = Now;
        var record = await _state.ReadAsync() ?? s_empty;
        var clients = await LoadAsync();
        if (clients.GetValueOrDefault(client.Id) is { } known && ClientRules.IsSame(known, client))
        {
            // The call is repeated, perhaps after the last use of its token. Only this caller knows the secrets of the client.
            return known;
        }

        var after = RegistrationRules.Used(record, initialToken, now);
        ClientRules.EnsureValid(client);
        await EnsureIdAsync(client.Id);
        clients = ClientRules.Registry.Add(clients, client, now);
        await _state.ReplaceAsync(after with { Clients = clients });
        return clients[client.Id];
    }

    /// <inheritdoc/>
    public async Task<OidcClient> GetRegisteredAsync(string clientId, string registrationToken) =>
        RegistrationRules.Proved((await LoadAsync()).GetValueOrDefault(clientId), registrationToken);

    /// <inheritdoc/>
    public async Task<OidcClient> ReplaceRegisteredAsync(string registrationToken, OidcClient client)
    {
        await GetRegisteredAsync(client.Id, registrationToken);
        return await ChangeAsync(client.Id, existing => RegistrationRules.Replaced(existing, client));
    }

    /// <inheritdoc/>
    public async Task DeleteRegisteredAsync(string clientId, string registrationToken)
    {
        await GetRegisteredAsync(clientId, registrationToken);
        await WriteAsync(clients => ClientRules.Registry.Remove(clients, clientId));
    }
}
