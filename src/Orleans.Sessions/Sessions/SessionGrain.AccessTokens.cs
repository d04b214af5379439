using Orleans.Sessions.Tokens;

namespace Orleans.Sessions.Sessions;

/// <content>
/// Access tokens that depend on the session: they are valid as long as the session, the token's family and the factors of its login are.
/// </content>
internal sealed partial class SessionGrain
{
    private AccessTokenCache? _accessTokens;

    /// <inheritdoc/>
    public async Task<TokenGrant> AuthenticateAccessTokenAsync(string authorizationId, string tokenId, string? secret)
    {
        _accessTokens ??= new AccessTokenCache(_services.AccessTokens, _services.State.Fence, _state.Registration, _services.Clock);
        if (
            await FindAsync() is not { } found
            || await _accessTokens.FindAsync(authorizationId, tokenId) is not { } token
            || _services.SessionLogins.RefusalOf(found, token.Proofs ?? []) is not null
            || token.Grant.SessionId != Id
            || Now >= token.Grant.ExpiresAt
            || !token.IsProvedBy(secret)
        )
        {
            throw new SessionException(SessionErrors.TokenInvalid);
        }

        NoteUse(found.Session);
        var (missesSecondFactor, mustChangePassword) = (
            _services.SessionLogins.MissesSecondFactor(found),
            _services.SessionLogins.MustChangePassword(found)
        );
        return token.Grant with
        {
            MissesSecondFactor = missesSecondFactor || token.Grant.IsUnproved,
            MustChangePassword = mustChangePassword,
            ProvedAt = Earlier(token.Grant.AuthenticatedAt, SessionRules.ProvedAt(found.Session, found.User!)),
        };
    }

    /// <inheritdoc/>
    public async Task ForgetAccessTokensAsync(string authorizationId)
    {
        _accessTokens?.Forget(authorizationId);
        await _state.Registration.PassAsync();
    }

    /// <summary>
    /// The holder of a token must not benefit from a proof made after the token (RFC 9470). A proof that no longer counts proves nothing.
    /// </summary>
    private static DateTimeOffset? Earlier(DateTimeOffset? whenMade, DateTimeOffset? now) =>
        whenMade <= now ? whenMade
        : whenMade is null ? null
        : now;
}
