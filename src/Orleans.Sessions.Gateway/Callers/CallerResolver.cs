using System.Diagnostics.CodeAnalysis;
using Orleans.Sessions.Gateway.Oidc.Tokens;
using Orleans.Sessions.Oidc;

namespace Orleans.Sessions.Gateway.Callers;

/// <summary>
/// Finds out whom a bearer token speaks for: a personal access token asks its user, a session token its session, an access token of
/// this service its authorization, and anything else must be a JWT of a configured issuer.
/// </summary>
internal sealed class CallerResolver(IGrainFactory grains, AccessTokenVerifier accessTokens, JwtVerifier jwts, CallerCache cache, TimeProvider clock)
{
    /// <summary>The caller, if the token was looked up less than a second ago and is remembered for so long.</summary>
    public bool TryRecall(string token, [NotNullWhen(true)] out Caller? caller) => cache.TryGet(token, out caller);

    /// <summary>
    /// The caller behind a session token whose password is to be changed, without any role: who may change their own password, and that is all.
    /// Fails with <see cref="SessionException"/>.
    /// </summary>
    public async Task<Caller> ResolveForPasswordChangeAsync(string token, CancellationToken cancellationToken)
    {
        if (!SessionToken.TryGetSessionId(token, out var sessionId))
        {
            throw new SessionException(SessionErrors.PasswordOutdated);
        }

        var session = grains.GetGrain<ISessionGrain>(GrainKeys.Session(sessionId));
        var bearer = await GrainCalls.RepeatIdempotentAsync(() => session.AuthenticateForPasswordChangeAsync(token), clock, cancellationToken);
        var caller = await GrainCalls.RepeatIdempotentAsync(() => User(bearer.UserId).AsCallerAsync(), clock, cancellationToken);
        return new Caller { UserId = caller.UserId, OrganizationId = caller.OrganizationId, ProvedAt = bearer.ProvedAt, SessionId = bearer.SessionId };
    }

    /// <summary>The caller. Fails with <see cref="SessionException"/>, such as <c>AUTH-7fs1e</c>.</summary>
    public async Task<Caller> LookUpAsync(string token, CancellationToken cancellationToken)
    {
        var askedAt = cache.Now;
        var (caller, endsWithSession) = await GrainCalls.RepeatIdempotentAsync(() => AskAsync(token, cancellationToken), clock, cancellationToken);

        // What a session has given must be refused from the moment that its end is acknowledged, so its session is asked every time.
        if (!endsWithSession)
        {
            cache.Add(token, caller, askedAt);
        }

        return caller;
    }

    private async Task<(Caller Caller, bool EndsWithSession)> AskAsync(string token, CancellationToken cancellationToken)
    {
        if (PersonalAccessToken.TryParse(token, out var owner, out _))
        {
            return (await User(owner).AuthenticateAsync(token), false);
        }

        if (SessionToken.TryGetSessionId(token, out var sessionId))
        {
            var bearer = await grains.GetGrain<ISessionGrain>(GrainKeys.Session(sessionId)).AuthenticateAsync(token);
            return (await User(bearer.UserId).AsCallerAsync() with { ProvedAt = bearer.ProvedAt, SessionId = bearer.SessionId }, true);
        }

        if (await accessTokens.VerifyAsync(token, cancellationToken) is { } grant)
        {
            return (await AskAsync(grant), true);
        }

        var (subject, provedAt) = await jwts.VerifyAsync(token, cancellationToken);
        return (await User(subject).AsCallerAsync() with { ProvedAt = provedAt }, false);
    }

    /// <summary>
    /// An access token must be meant for this API, and a login that left the person's second factor out is not enough for it. The scope says so: by its audience a client
    /// of the API's name would have it for nothing.
    /// </summary>
    private async Task<Caller> AskAsync(TokenGrant grant)
    {
        if (!grant.Scopes.Contains(OidcScopes.ApiAudience))
        {
            throw new SessionException(SessionErrors.TokenAudienceInvalid);
        }

        if (grant.MissesSecondFactor)
        {
            throw new SessionException(SessionErrors.BearerMfaMissing);
        }

        if (grant.MustChangePassword)
        {
            throw new SessionException(SessionErrors.PasswordOutdated);
        }

        return await User(grant.UserId).AsCallerAsync() with
        {
            AgentId = grant.AgentId,
            ClientId = grant.ClientId,
            SessionId = grant.SessionId,
            // A service account gets a token for its secret or its key, and this is its proof.
            ProvedAt = grant.SessionId is null ? grant.IssuedAt : grant.ProvedAt,
        };
    }

    private IUserGrain User(string id) => grains.GetGrain<IUserGrain>(GrainKeys.User(id));
}
