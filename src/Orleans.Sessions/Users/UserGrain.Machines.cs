using System.Collections.Immutable;
using System.Security.Cryptography;
using Orleans.Sessions.Names;
using Orleans.Sessions.State;

namespace Orleans.Sessions.Users;

/// <content>How a service account gets access tokens: with a client secret, or with assertions signed with a key.</content>
internal sealed partial class UserGrain
{
    private const int MaxKeys = 50;
    private const int MaxPublicKey = 2048;

    /// <inheritdoc/>
    public async Task<DateTimeOffset> AddSecretAsync(Caller caller, ImmutableArray<byte> secretHash)
    {
        var addedAt = Now;
        await EditAsync(caller, UserAct.Equip, user =>
        {
            EnsureMachine(user);
            if (user.ClientSecret is { } known && CryptographicOperations.FixedTimeEquals(known.Hash.AsSpan(), secretHash.AsSpan()))
            {
                addedAt = known.CreatedAt;
                return user;
            }

            return user with
            {
                ClientSecret = new StoredClientSecret(secretHash, addedAt),
            };
        });
        return addedAt;
    }

    /// <inheritdoc/>
    public async Task<DateTimeOffset> RemoveSecretAsync(Caller caller)
    {
        var details = await EditAsync(caller, UserAct.Equip, user =>
            user.ClientSecret is null ? throw new SessionException(SessionErrors.MachineSecretNotSet) : user with { ClientSecret = null }
        );
        return details.ChangeDate;
    }

    /// <inheritdoc/>
    public async Task<DateTimeOffset> AddKeyAsync(Caller caller, string keyId, ImmutableArray<byte> publicKey, DateTimeOffset expiresAt)
    {
        var addedAt = Now;
        await EditAsync(caller, UserAct.Equip, user =>
        {
            EnsureMachine(user);
            if (!IsUsable(publicKey))
            {
                throw new SessionException(SessionErrors.MachineKeyInvalid);
            }

            if (user.Keys?.FirstOrDefault(known => known.Id == keyId) is { } earlier)
            {
                addedAt = earlier.CreatedAt;
                return earlier.PublicKey.SequenceEqual(publicKey) ? user : throw new SessionException(SessionErrors.MachineKeyInvalid);
            }

            if (expiresAt <= addedAt)
            {
                throw new SessionException(SessionErrors.TokenExpirationInvalid);
            }

            var live = (user.Keys ?? []).RemoveAll(known => known.ExpiresAt <= addedAt);
            return live.Length < MaxKeys
                ? user with
                {
                    Keys = live.Add(new StoredMachineKey(keyId, publicKey, addedAt, expiresAt)),
                }
                : throw new SessionException(SessionErrors.TooManyKeys);
        });
        return addedAt;
    }

    /// <inheritdoc/>
    public async Task<DateTimeOffset> RemoveKeyAsync(Caller caller, string keyId)
    {
        var details = await EditAsync(caller, UserAct.Equip, user =>
        {
            var keys = user.Keys ?? [];
            var left = keys.RemoveAll(known => known.Id == keyId);
            return left.Length < keys.Length
                ? user with
                {
                    Keys = left.IsEmpty ? null : left,
                }
                : throw new SessionException(SessionErrors.MachineKeyNotFound);
        });
        return details.ChangeDate;
    }

    /// <inheritdoc/>
    public async Task<ImmutableArray<MachineCredential>> ListPersonalAccessTokensAsync(Caller caller)
    {
        var user = await AuthorizeAsync(caller, UserAct.Read);
        return
        [
            .. (user.AccessTokens ?? []).Select(token => new MachineCredential(
                token.Id,
                Id,
                user.OrganizationId,
                token.CreatedAt,
                token.ExpiresAt
            )),
        ];
    }

    /// <inheritdoc/>
    public async Task<ImmutableArray<MachineCredential>> ListKeysAsync(Caller caller)
    {
        var user = await AuthorizeAsync(caller, UserAct.Read);
        return [.. (user.Keys ?? []).Select(key => new MachineCredential(key.Id, Id, user.OrganizationId, key.CreatedAt, key.ExpiresAt))];
    }

    /// <inheritdoc/>
    public async Task<bool> HasSecretAsync(string userName, string secret) =>
        await _state.ReadAsync() is { State: UserState.Active, Kind: UserKind.Machine, ClientSecret: { } known, UserName: { } name }
        && LoginName.KeysOf(userName).Intersect(LoginName.KeysOf(name)).Any()
        && TokenHash.Matches(known.Hash.AsSpan(), secret);

    /// <inheritdoc/>
    public async Task<ImmutableArray<byte>?> FindKeyAsync(string keyId)
    {
        if (await _state.ReadAsync() is { } user)
        {
            return user is { State: UserState.Active, Kind: UserKind.Machine }
                ? user.Keys?.FirstOrDefault(known => known.Id == keyId && Now < known.ExpiresAt)?.PublicKey
                : null;
        }

        this.Forget();
        return null;
    }

    private static void EnsureMachine(UserRecord user)
    {
        if (user.Kind != UserKind.Machine)
        {
            throw new SessionException(SessionErrors.NotMachine);
        }
    }

    private static bool IsUsable(ImmutableArray<byte> publicKey)
    {
        if (publicKey.Length > MaxPublicKey)
        {
            return false;
        }

        using var rsa = RSA.Create();
        try
        {
            rsa.ImportSubjectPublicKeyInfo(publicKey.AsSpan(), out var read);
            return read == publicKey.Length && rsa.KeySize is >= 2048 and <= 8192;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }
}
