using Orleans.Sessions.Sessions;

namespace Orleans.Sessions.Oidc.Authorizations;

/// <content>The refresh token of an authorization, which each use replaces.</content>
internal sealed partial class AuthorizationGrain
{
    /// <inheritdoc/>
    public async Task<TokenGrant> PeekRefreshTokenAsync(string refreshToken, bool isUse)
    {
        var record = await CurrentAsync(refreshToken, retry: null, isUse);
        await EnsureAliveAsync(record.Login!);
        return TokenFamilyRules.Grant(
            record,
            Id,
            new StoredOidcToken(
                "",
                record.CreatedAt,
                record.RefreshExpiresAt!.Value,
                KeyThumbprint: record.KeyThumbprint,
                CertificateThumbprint: record.CertificateThumbprint
            )
        );
    }

    /// <inheritdoc/>
    public async Task<TokenGrant> RefreshAsync(string refreshToken, NewTokens tokens)
    {
        var record = await CurrentAsync(refreshToken, tokens, isUse: true);
        TokenFamilyRules.EnsureKey(record.KeyThumbprint, tokens);
        TokenFamilyRules.EnsureCertificate(record.CertificateThumbprint, tokens);
        if (!TokenFamilyRules.AreWithin(record, tokens))
        {
            throw new SessionException(SessionErrors.ResourceNotGranted);
        }

        var found = await EnsureAliveAsync(record.Login!);
        tokens = TokenFamilyRules.After(record, refreshToken, tokens, _secrets);
        var access = TokenFamilyRules.Find(record, tokens.AccessTokenId);
        if (access is null)
        {
            (record, access) = TokenFamilyRules.IsCurrent(record, refreshToken)
                ? await AddAsync(record, tokens, found)
                : await AddAgainAsync(record, tokens, found);
        }

        NoteUse(found);
        await TellOfDroppedAsync(record);
        return Grant(record, access, found, tokens);
    }

    /// <summary>
    /// The record with this refresh token as its current one, or as the one before: for a repeated call, and within the grace for clients
    /// that use one token several times at once.
    /// </summary>
    private async Task<AuthorizationRecord> CurrentAsync(string refreshToken, NewTokens? retry, bool isUse)
    {
        if (await LoadAsync() is not { RevokedAt: null, Login: not null } record)
        {
            throw new SessionException(SessionErrors.RefreshTokenInvalid);
        }

        if (TokenFamilyRules.IsCurrent(record, refreshToken))
        {
            return Now < record.RefreshExpiresAt ? record : throw new SessionException(SessionErrors.RefreshTokenInvalid);
        }

        if (TokenFamilyRules.IsReplaced(record, refreshToken))
        {
            var isRetry = retry is not null && TokenFamilyRules.Find(record, retry.AccessTokenId) is not null;
            if (
                isUse
                && (isRetry || Now < record.RefreshedAt + _options.RefreshGrace)
                && Now < record.RefreshExpiresAt
                && TokenFamilyRules.IsBefore(record, Id, refreshToken, _secrets)
            )
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

    /// <summary>
    /// Stores the record with another access token for a refresh token that has just been replaced. It lives no longer than the one that
    /// the first use got, and there is no other refresh token.
    /// </summary>
    private async Task<(AuthorizationRecord Record, StoredOidcToken Access)> AddAgainAsync(
        AuthorizationRecord record,
        NewTokens tokens,
        FoundSession? found
    )
    {
        var sessionEnd = found is null ? null : SessionExpiry.DependentEnd(found.Session);
        var replacedAt = record.RefreshedAt!.Value;
        var issuedAt = Now < replacedAt + tokens.AccessTokenLifetime ? replacedAt : Now;
        var (next, access) = TokenFamilyRules.With(record, Id, tokens with { RefreshSecret = null }, sessionEnd, issuedAt);
        return (await _state.ReplaceAsync(next), access);
    }
}
