using Orleans.Sessions.Logins;
using Orleans.Sessions.Secrets;
using Orleans.Sessions.Sessions;
using Orleans.Sessions.State;

namespace Orleans.Sessions.Oidc.Authorizations;

/// <summary>What the tokens of an authorization are: pure functions of its record.</summary>
internal static class TokenFamilyRules
{
    /// <summary>The maximum number of access tokens at the same time; beyond it the oldest stops working.</summary>
    public const int MaxAccessTokens = 50;

    /// <summary>The access token with this id; <c>null</c> if the family does not have it any more.</summary>
    public static StoredOidcToken? Find(AuthorizationRecord record, string tokenId) =>
        record.AccessTokens?.FirstOrDefault(known => known.Id == tokenId);

    /// <summary>Whether the text is the family's present refresh token, expired or not.</summary>
    public static bool IsCurrent(AuthorizationRecord record, string refreshToken) =>
        record.RefreshHash is { } current && TokenHash.Matches(current.AsSpan(), refreshToken);

    /// <summary>Whether the text is a refresh token that the family has replaced. Then somebody has stolen it, or lost an answer.</summary>
    public static bool IsReplaced(AuthorizationRecord record, string refreshToken) =>
        record.RefreshKey is { } key && RefreshTokens.GenerationOf(refreshToken, key.AsSpan()) < record.RefreshGeneration;

    /// <summary>Whether the text is the refresh token that the present one has replaced.</summary>
    public static bool IsBefore(AuthorizationRecord record, string id, string refreshToken, SecretProtector secrets) =>
        record is { RefreshGeneration: { } generation, RefreshKey: { } key }
        && IsCurrent(
            record,
            RefreshTokens.Create(id, generation, RefreshTokens.SecretAfter(refreshToken, key.AsSpan(), secrets), key.AsSpan())
        );

    /// <summary>
    /// Fails with <c>AUTH-DpopK</c> unless the key is the one to which a code or a refresh token is bound, if it is bound.
    /// </summary>
    public static void EnsureKey(string? boundTo, NewTokens tokens)
    {
        if (boundTo is not null && boundTo != tokens.KeyThumbprint)
        {
            throw new SessionException(SessionErrors.TokenKeyOther);
        }
    }

    /// <summary>Fails with <c>AUTH-MtlsB</c> unless the certificate is the one to which a refresh token is bound, if it is bound.</summary>
    public static void EnsureCertificate(string? boundTo, NewTokens tokens)
    {
        if (boundTo is not null && boundTo != tokens.CertificateThumbprint)
        {
            throw new SessionException(SessionErrors.TokenBoundToCertificate);
        }
    }

    /// <summary>The tokens with the secret of the refresh token that replaces <paramref name="refreshToken"/>.</summary>
    public static NewTokens After(AuthorizationRecord record, string refreshToken, NewTokens tokens, SecretProtector secrets) =>
        tokens.RefreshSecret is not null && record.RefreshKey is { } key
            ? tokens with
            {
                RefreshSecret = RefreshTokens.SecretAfter(refreshToken, key.AsSpan(), secrets),
            }
            : tokens;

    /// <summary>
    /// The record with new tokens, and the new access token. An access token's lifetime never exceeds its session's, because a reader of a
    /// JWT does not ask this service. A refresh token's lifetime may, because the session may be prolonged.
    /// </summary>
    /// <param name="record">The authorization.</param>
    /// <param name="id">Its id.</param>
    /// <param name="tokens">The tokens.</param>
    /// <param name="sessionEnd">When the session's lifetime ends; <c>null</c> if it does not end, or if there is no session.</param>
    /// <param name="now">The time.</param>
    public static (AuthorizationRecord Record, StoredOidcToken Access) With(
        AuthorizationRecord record,
        string id,
        NewTokens tokens,
        DateTimeOffset? sessionEnd,
        DateTimeOffset now
    )
    {
        var access = new StoredOidcToken(
            tokens.AccessTokenId,
            now,
            Times.Earlier(now + tokens.AccessTokenLifetime, sessionEnd),
            tokens.AccessToken is { } secret ? [.. TokenHash.Of(secret)] : null,
            tokens.Scopes,
            tokens.KeyThumbprint,
            tokens.Resources,
            tokens.CertificateThumbprint
        );
        var live = (record.AccessTokens ?? []).RemoveAll(known => known.ExpiresAt <= now).Add(access);
        var next = WithRefreshToken(
            record with
            {
                AccessTokens = live.Length > MaxAccessTokens ? live.RemoveAt(0) : live,
            },
            id,
            tokens,
            now
        );
        return (next with { ExpiresAt = Times.Later(Times.Later(record.ExpiresAt, access.ExpiresAt), next.RefreshExpiresAt) }, access);
    }

    /// <summary>The refresh token with the secret of these tokens; <c>null</c> if the client gets none.</summary>
    public static string? RefreshToken(AuthorizationRecord record, string id, NewTokens tokens) =>
        tokens.RefreshSecret is { } secret && record is { RefreshGeneration: { } generation, RefreshKey: { } key }
            ? RefreshTokens.Create(id, generation, secret, key.AsSpan())
            : null;

    /// <summary>When the last code or token that the application has, or may still fetch, expires.</summary>
    public static DateTimeOffset EndOf(AuthorizationRecord record)
    {
        var end = (record.AccessTokens ?? []).Select(token => token.ExpiresAt).Append(record.CreatedAt).Max();
        return Times.Later(Times.Later(end, record.RefreshExpiresAt), record.CodeUsedAt is null ? record.CodeExpiresAt : null);
    }

    /// <summary>
    /// Whether new tokens are for no other resources than the login (RFC 8707 §2.2). A login that named none is for all of the client's.
    /// </summary>
    public static bool AreWithin(AuthorizationRecord record, NewTokens tokens) =>
        record.Request?.Resources is not { } granted || (tokens.Resources ?? []).All(resource => granted.Contains(resource));

    /// <summary>What a request that redeems the code must match.</summary>
    public static RedeemableCode Redeemable(AuthorizationRecord record) =>
        new(
            record.ClientId,
            null,
            null,
            record.Scopes,
            record.Login!.UserId,
            record.CodeExpiresAt!.Value,
            record.Login.SessionId,
            record.ClientRegisteredAt
        );

    /// <summary>What a token stands for, as far as the record tells.</summary>
    /// <param name="record">The authorization.</param>
    /// <param name="id">Its id.</param>
    /// <param name="token">The token.</param>
    /// <param name="handedOut">The tokens that the answer hands out; <c>null</c> if it hands out none.</param>
    public static TokenGrant Grant(AuthorizationRecord record, string id, StoredOidcToken token, NewTokens? handedOut = null)
    {
        var login = record.Login!;
        var scopes = token.Scopes ?? record.Scopes;
        var resources = token.Resources ?? record.Request?.Resources ?? [];
        return new TokenGrant
        {
            AuthorizationId = id,
            TokenId = token.Id,
            ClientId = record.ClientId,
            ClientRegisteredAt = record.ClientRegisteredAt,
            Issuer = record.Issuer,
            UserId = login.UserId,
            Scopes = scopes,
            Audiences = resources.IsEmpty ? OidcScopes.Audiences(record.ClientId, scopes) : resources,
            Resources = resources,
            IdTokenClaims = record.Request?.IdTokenClaims ?? [],
            UserInfoClaims = record.Request?.UserInfoClaims ?? [],
            IssuedAt = token.IssuedAt,
            ExpiresAt = token.ExpiresAt,
            SessionId = login.SessionId,
            AuthenticatedAt = login.AuthenticatedAt,
            Methods = login.Methods,
            Acr = record.Request?.AcrNames?.FirstOrDefault(name => AuthenticationContext.Normalize(name) == login.Acr) ?? login.Acr,
            Nonce = record.Request?.Nonce,
            AgentId = login.AgentId,
            IsForClient = login.IsClient,
            Actors = record.Actors ?? [],
            IsUnproved = ProofRules.IsUnproved(login.Proofs),
            RefreshExpiresAt = record.RefreshExpiresAt,
            KeyThumbprint = token.KeyThumbprint,
            CertificateThumbprint = token.CertificateThumbprint,
            RefreshToken = handedOut is null ? null : RefreshToken(record, id, handedOut),
        };
    }

    private static AuthorizationRecord WithRefreshToken(AuthorizationRecord record, string id, NewTokens tokens, DateTimeOffset now)
    {
        if (tokens.KeepsRefreshToken && record is { RefreshHash: not null, RefreshEndsAt: { } end })
        {
            return record with { RefreshExpiresAt = Times.Earlier(now + tokens.RefreshTokenIdle, end) };
        }

        if (tokens.RefreshSecret is null)
        {
            return record;
        }

        var endsAt = record.RefreshEndsAt ?? now + tokens.RefreshTokenLifetime;
        var next = record with
        {
            RefreshGeneration = (record.RefreshGeneration ?? 0) + 1,
            RefreshKey = record.RefreshKey ?? [.. RefreshTokens.NewKey()],
            RefreshedAt = record.RefreshGeneration is null ? null : now,
            KeyThumbprint = record.KeyThumbprint ?? (tokens.BindsRefreshToken ? tokens.KeyThumbprint : null),
            CertificateThumbprint = record.CertificateThumbprint ?? (tokens.BindsRefreshToken ? tokens.CertificateThumbprint : null),
        };
        return next with
        {
            RefreshHash = [.. TokenHash.Of(RefreshToken(next, id, tokens)!)],
            RefreshEndsAt = endsAt,
            RefreshExpiresAt = Times.Earlier(now + tokens.RefreshTokenIdle, endsAt),
        };
    }
}
