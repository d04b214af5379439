using System.Collections.Immutable;
using Orleans.Sessions.Expiry;
using Orleans.Sessions.Logins;
using Orleans.Sessions.Sessions;
using Orleans.Sessions.Tokens;
using Orleans.Sessions.Users;

namespace Orleans.Sessions.Oidc.Authorizations;

/// <content>The family of tokens of an authorization.</content>
internal sealed partial class AuthorizationGrain
{
    /// <summary>The maximum number of access tokens at the same time; beyond it the oldest stops working.</summary>
    private const int MaxAccessTokens = 50;

    /// <inheritdoc/>
    public async Task<RedeemableCode> PeekCodeAsync(string code)
    {
        if (
            await LoadAsync() is not { Request: { } request, Login: { } login, CodeHash: { } hash, RevokedAt: null } record
            || !TokenHash.Matches(hash.AsSpan(), code)
        )
        {
            throw new SessionException(SessionErrors.AuthRequestCodeUsed);
        }

        if (record.CodeUsedAt is not null)
        {
            await RevokeReusedAsync(record);
            throw new SessionException(SessionErrors.AuthRequestCodeUsed);
        }

        return Now < record.CodeExpiresAt
            ? Redeemable(record, login) with
            {
                RedirectUri = request.RedirectUriOmitted ? null : request.RedirectUri,
                CodeChallenge = request.CodeChallenge,
            }
            : throw new SessionException(SessionErrors.AuthRequestCodeUsed);
    }

    /// <inheritdoc/>
    public Task<TokenGrant> RedeemCodeAsync(string code, NewTokens tokens) => RedeemAsync(code, tokens, SessionErrors.AuthRequestCodeUsed);

    /// <inheritdoc/>
    public async Task<TokenGrant> PeekRefreshTokenAsync(string refreshToken, bool isUse)
    {
        var record = await CurrentAsync(refreshToken, retry: null, isUse);
        await EnsureAliveAsync(record.Login!);
        return Grant(record, new StoredOidcToken("", record.CreatedAt, record.RefreshExpiresAt!.Value), null);
    }

    /// <inheritdoc/>
    public async Task<TokenGrant> RefreshAsync(string refreshToken, NewTokens tokens)
    {
        var record = await CurrentAsync(refreshToken, tokens, isUse: true);
        var found = await EnsureAliveAsync(record.Login!);
        if (record.AccessTokens?.FirstOrDefault(known => known.Id == tokens.AccessTokenId) is { } again)
        {
            await TellOfDroppedAsync(record);
            return Grant(record, again, found, tokens);
        }

        var counted = record.RefreshKey is null
            ? record with
            {
                UsedRefreshHashes = (record.UsedRefreshHashes ?? []).Add(record.RefreshHash!.Value),
            }
            : record;
        record = await _state.ReplaceAsync(WithTokens(counted, tokens, found, out var access));
        await TellOfDroppedAsync(record);
        return Grant(record, access, found, tokens);
    }

    /// <inheritdoc/>
    public async Task<TokenGrant> IssueAsync(DirectGrant grant, NewTokens tokens)
    {
        var now = Now;
        SessionLogin login;
        if (grant.SessionId is { } sessionId)
        {
            var session = await _handover.LoginAsync(
                sessionId,
                grant.SessionToken ?? "",
                new Demand(now, Login: false, MaxAge: null, [], grant.MinimumAcr)
            );
            await EnsureAccessAsync((await Clients.FindAsync(grant.ClientId))?.ProjectId, session);
            login = Assurance.Login(session.Session, session.User!);
        }
        else
        {
            login = new SessionLogin
            {
                UserId = grant.UserId!,
                Proofs = grant.Credential is { } credential ? [new Proof(ProvedFactor.User, now, credential)] : null,
            };
        }

        var record = await _state.ReadAsync();
        var access = record?.AccessTokens?.FirstOrDefault(known => known.Id == tokens.AccessTokenId);
        if (record is null || access is null)
        {
            var found = await EnsureAliveAsync(login);
            record = await _state.ReplaceAsync(
                WithTokens(
                    new AuthorizationRecord
                    {
                        ClientId = grant.ClientId,
                        ClientRegisteredAt = grant.ClientRegisteredAt,
                        Issuer = grant.Issuer,
                        Scopes = grant.Scopes,
                        Login = login,
                        CreatedAt = now,
                        CompletedAt = now,
                        ExpiresAt = now,
                    },
                    tokens,
                    found,
                    out access
                )
            );
        }

        // Checked again: a session that ended meanwhile notified only the clients that it knew.
        return Grant(record, access, await EnsureAliveAsync(login), tokens);
    }

    /// <inheritdoc/>
    public async Task<TokenGrant> AuthenticateAsync(string tokenId, string? secret)
    {
        if (await FindAccessTokenAsync(tokenId) is not { } token || !token.IsProvedBy(secret))
        {
            throw new SessionException(SessionErrors.TokenInvalid);
        }

        if (token.Grant.SessionId is { } sessionId)
        {
            return await GrainFactory
                .GetGrain<ISessionGrain>(GrainKeys.Session(sessionId))
                .AuthenticateAccessTokenAsync(Id, tokenId, secret);
        }

        return DeathOfServiceAccount(await UserAsync(token.Grant.UserId), token.Proofs) is null
            ? token.Grant
            : throw new SessionException(SessionErrors.TokenInvalid);
    }

    /// <inheritdoc/>
    public async Task<AccessToken?> FindAccessTokenAsync(string tokenId) =>
        await LoadAsync() is { RevokedAt: null, Login: not null } record
        && record.AccessTokens?.FirstOrDefault(known => known.Id == tokenId) is { } token
        && Now < token.ExpiresAt
            ? new AccessToken
            {
                Grant = Grant(record, token, found: null),
                Hash = token.Hash,
                Proofs = record.Login.Proofs,
            }
            : null;

    /// <inheritdoc/>
    public async Task RevokeAccessTokenAsync(string tokenId)
    {
        if (await LoadAsync() is not { RevokedAt: null, AccessTokens: { } tokens } record)
        {
            return;
        }

        var left = tokens.RemoveAll(known => known.Id == tokenId);
        if (left.Length < tokens.Length)
        {
            await _state.ReplaceAsync(record with { AccessTokens = left }, report: () => TellSessionAsync(record));
        }
        else
        {
            await TellSessionAsync(record);
        }
    }

    /// <inheritdoc/>
    public async Task RevokeAsync()
    {
        if (await LoadAsync() is { } record)
        {
            await RevokeAsync(record);
        }
    }

    private static RedeemableCode Redeemable(AuthorizationRecord record, SessionLogin login) =>
        new(
            record.ClientId,
            null,
            null,
            record.Scopes,
            login.UserId,
            record.CodeExpiresAt!.Value,
            login.SessionId,
            record.ClientRegisteredAt
        );

    private async Task<TokenGrant> RedeemAsync(string code, NewTokens tokens, SessionError otherwise)
    {
        if (
            await LoadAsync() is not { Login: { } login, CodeHash: { } hash, RevokedAt: null } record
            || !TokenHash.Matches(hash.AsSpan(), code)
        )
        {
            throw new SessionException(otherwise);
        }

        if (record.CodeUsedAt is not null)
        {
            if (record.AccessTokens?.FirstOrDefault(known => known.Id == tokens.AccessTokenId) is { } again)
            {
                return Grant(record, again, await EnsureAliveAsync(login), tokens);
            }

            await RevokeReusedAsync(record);
            throw new SessionException(otherwise);
        }

        if (Now >= record.CodeExpiresAt)
        {
            throw new SessionException(otherwise);
        }

        var found = await EnsureAliveAsync(login);
        return Grant(
            await _state.ReplaceAsync(WithTokens(record with { CodeUsedAt = Now }, tokens, found, out var access)),
            access,
            found,
            tokens
        );
    }

    /// <summary>The record with this refresh token as its current one or, for a repeated call, as its previous one.</summary>
    private async Task<AuthorizationRecord> CurrentAsync(string refreshToken, NewTokens? retry, bool isUse)
    {
        if (await LoadAsync() is not { RevokedAt: null, RefreshHash: { } current, Login: not null } record)
        {
            throw new SessionException(SessionErrors.RefreshTokenInvalid);
        }

        if (TokenHash.Matches(current.AsSpan(), refreshToken))
        {
            return Now < record.RefreshExpiresAt ? record : throw new SessionException(SessionErrors.RefreshTokenInvalid);
        }

        var isEarlier = record.RefreshKey is { } key && RefreshTokens.GenerationOf(refreshToken, key.AsSpan()) < record.RefreshGeneration;
        if (isEarlier || record.UsedRefreshHashes?.Any(used => TokenHash.Matches(used.AsSpan(), refreshToken)) == true)
        {
            if (retry is not null && RefreshToken(record, retry) is { } next && TokenHash.Matches(current.AsSpan(), next))
            {
                return record;
            }

            if (isUse)
            {
                await RevokeReusedAsync(record);
            }
        }

        throw new SessionException(SessionErrors.RefreshTokenInvalid);
    }

    private Task RevokeReusedAsync(AuthorizationRecord record)
    {
        AuthorizationLog.Reused(_log, Id);
        return RevokeAsync(record, reason: "reused");
    }

    private async Task RevokeAsync(AuthorizationRecord record, string? reason = null)
    {
        if (record.RevokedAt is null)
        {
            await _state.ReplaceAsync(record with { RevokedAt = Now }, reason, () => TellSessionAsync(record));
        }
        else
        {
            await TellSessionAsync(record);
        }
    }

    /// <summary>
    /// Tells the session that tokens have ended: once this is acknowledged, a caller who asks the session must not find them valid. It is
    /// repeated with every repetition of the call, because the first time may have failed between the two steps.
    /// </summary>
    private Task TellSessionAsync(AuthorizationRecord record) =>
        record.Login?.SessionId is { } sessionId
            ? GrainFactory.GetGrain<ISessionLifecycle>(GrainKeys.Session(sessionId)).ForgetAccessTokensAsync(Id)
            : Task.CompletedTask;

    /// <summary>Tells the session that a token may have ended, because a family that is full drops its oldest one.</summary>
    private Task TellOfDroppedAsync(AuthorizationRecord record) =>
        record.AccessTokens?.Length == MaxAccessTokens ? TellSessionAsync(record) : Task.CompletedTask;

    /// <summary>
    /// The record with new tokens. An access token's lifetime never exceeds its session's, because a reader of a JWT does not ask this
    /// service. A refresh token's lifetime may, because the session may be prolonged.
    /// </summary>
    private AuthorizationRecord WithTokens(AuthorizationRecord record, NewTokens tokens, FoundSession? found, out StoredOidcToken access)
    {
        var now = Now;
        var sessionEnd = (found is null ? null : SessionExpiry.LifetimeEnd(found.Session)) ?? DateTimeOffset.MaxValue;
        access = new StoredOidcToken(
            tokens.AccessTokenId,
            now,
            Earlier(now + tokens.AccessTokenLifetime, sessionEnd),
            tokens.AccessToken is { } secret ? [.. TokenHash.Of(secret)] : null,
            tokens.Scopes
        );
        var live = (record.AccessTokens ?? []).RemoveAll(known => known.ExpiresAt <= now).Add(access);
        var next = record with { AccessTokens = live.Length > MaxAccessTokens ? live.RemoveAt(0) : live };
        if (tokens.RefreshSecret is not null)
        {
            var endsAt = record.RefreshEndsAt ?? now + tokens.RefreshTokenLifetime;
            next = next with
            {
                RefreshGeneration = (record.RefreshGeneration ?? 0) + 1,
                RefreshKey = record.RefreshKey ?? [.. RefreshTokens.NewKey()],
            };
            next = next with
            {
                RefreshHash = [.. TokenHash.Of(RefreshToken(next, tokens)!)],
                RefreshEndsAt = endsAt,
                RefreshExpiresAt = Earlier(now + tokens.RefreshTokenIdle, endsAt),
            };
        }

        return next with
        {
            ExpiresAt = Later(Later(record.ExpiresAt, access.ExpiresAt), next.RefreshExpiresAt),
        };
    }

    /// <summary>The refresh token with these tokens' secret; <c>null</c> if the client gets none.</summary>
    private string? RefreshToken(AuthorizationRecord record, NewTokens tokens) =>
        tokens.RefreshSecret is { } secret && record is { RefreshGeneration: { } generation, RefreshKey: { } key }
            ? RefreshTokens.Create(Id, generation, secret, key.AsSpan())
            : null;

    private TokenGrant Grant(AuthorizationRecord record, StoredOidcToken token, FoundSession? found, NewTokens? handedOut = null)
    {
        var login = record.Login!;
        return new TokenGrant
        {
            AuthorizationId = Id,
            TokenId = token.Id,
            ClientId = record.ClientId,
            ClientRegisteredAt = record.ClientRegisteredAt,
            Issuer = record.Issuer,
            UserId = login.UserId,
            Scopes = token.Scopes ?? record.Scopes,
            Audiences = OidcScopes.Audiences(record.ClientId, token.Scopes ?? record.Scopes),
            IssuedAt = token.IssuedAt,
            ExpiresAt = token.ExpiresAt,
            SessionId = login.SessionId,
            AuthenticatedAt = login.AuthenticatedAt,
            Methods = login.Methods,
            Acr = login.Acr,
            Nonce = record.Request?.Nonce,
            AgentId = login.AgentId,
            MissesSecondFactor = found is not null && _handover.MissesSecondFactor(found),
            MustChangePassword = found is not null && _handover.MustChangePassword(found),
            RefreshExpiresAt = record.RefreshExpiresAt,
            RefreshToken = handedOut is null ? null : RefreshToken(record, handedOut),
        };
    }
}
