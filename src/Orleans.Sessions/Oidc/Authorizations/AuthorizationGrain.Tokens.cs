using Orleans.Sessions.Sessions;
using Orleans.Sessions.Tokens;

namespace Orleans.Sessions.Oidc.Authorizations;

/// <content>The family of tokens of an authorization.</content>
internal sealed partial class AuthorizationGrain
{
    /// <inheritdoc/>
    public async Task<RedeemableCode> PeekCodeAsync(string code)
    {
        if (
            await LoadAsync() is not { Request: { } request, Login: not null, CodeHash: { } hash, RevokedAt: null } record
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
            ? TokenFamilyRules.Redeemable(record) with
            {
                RedirectUri = request.RedirectUriOmitted ? null : request.RedirectUri,
                CodeChallenge = request.CodeChallenge,
            }
            : throw new SessionException(SessionErrors.AuthRequestCodeUsed);
    }

    /// <inheritdoc/>
    public Task<TokenGrant> RedeemCodeAsync(string code, NewTokens tokens) => RedeemAsync(code, tokens, SessionErrors.AuthRequestCodeUsed);

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

        return token.Grant.IsForClient || RefusalOfServiceAccount(await UserAsync(token.Grant.UserId), token.Proofs ?? []) is null
            ? token.Grant
            : throw new SessionException(SessionErrors.TokenInvalid);
    }

    /// <inheritdoc/>
    public async Task<AccessToken?> FindAccessTokenAsync(string tokenId) =>
        await LoadAsync() is { RevokedAt: null, Login: not null } record
        && TokenFamilyRules.Find(record, tokenId) is { } token
        && Now < token.ExpiresAt
            ? new AccessToken
            {
                Grant = TokenFamilyRules.Grant(record, Id, token),
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

    private async Task<TokenGrant> RedeemAsync(string code, NewTokens tokens, SessionError otherwise)
    {
        if (
            await LoadAsync() is not { Login: { } login, CodeHash: { } hash, RevokedAt: null } record
            || !TokenHash.Matches(hash.AsSpan(), code)
        )
        {
            throw new SessionException(otherwise);
        }

        TokenFamilyRules.EnsureKey(record.Request?.KeyThumbprint, tokens);
        if (record.CodeUsedAt is not null)
        {
            if (TokenFamilyRules.Find(record, tokens.AccessTokenId) is { } again)
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

        if (!TokenFamilyRules.AreWithin(record, tokens))
        {
            throw new SessionException(SessionErrors.ResourceNotGranted);
        }

        var found = await EnsureAliveAsync(login);
        NoteUse(found);
        // The row is written with every refresh, and a pushed request is long.
        var (used, access) = await AddAsync(record with { CodeUsedAt = Now, Pushed = null }, tokens, found);
        return Grant(used, access, found, tokens);
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
        record.AccessTokens?.Length == TokenFamilyRules.MaxAccessTokens ? TellSessionAsync(record) : Task.CompletedTask;

    /// <summary>Notes that the application used the session in the person's name. The answer does not wait for it.</summary>
    private void NoteUse(FoundSession? found)
    {
        if (found is not null && SessionExpiry.IsUseDue(found.Session, Now))
        {
            GrainFactory.GetGrain<ISessionLifecycle>(GrainKeys.Session(found.Session.Id)).UseAsync().Ignore();
        }
    }

    /// <summary>Stores the record with new tokens.</summary>
    private async Task<(AuthorizationRecord Record, StoredOidcToken Access)> AddAsync(
        AuthorizationRecord record,
        NewTokens tokens,
        FoundSession? found
    )
    {
        var sessionEnd = found is null ? null : SessionExpiry.DependentEnd(found.Session);
        var (next, access) = TokenFamilyRules.With(record, Id, tokens, sessionEnd, Now);
        return (await _state.ReplaceAsync(next), access);
    }

    /// <summary>What new tokens stand for: the record knows the login as it was, and the session knows what it misses now.</summary>
    private TokenGrant Grant(AuthorizationRecord record, StoredOidcToken token, FoundSession? found, NewTokens tokens)
    {
        var grant = TokenFamilyRules.Grant(record, Id, token, tokens);
        return grant with
        {
            // A node that does not know IsUnproved yet refuses the token at the API all the same.
            MissesSecondFactor = grant.IsUnproved || (found is not null && _logins.MissesSecondFactor(found)),
            MustChangePassword = found is not null && _logins.MustChangePassword(found),
        };
    }
}
