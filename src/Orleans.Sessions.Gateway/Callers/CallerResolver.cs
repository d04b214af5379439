using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Http;
using Orleans.Sessions.Gateway.Cluster;
using Orleans.Sessions.Gateway.Oidc.Dpop;
using Orleans.Sessions.Gateway.Oidc.MutualTls;
using Orleans.Sessions.Gateway.Oidc.Tokens;
using Orleans.Sessions.Oidc;

namespace Orleans.Sessions.Gateway.Callers;

/// <summary>
/// Finds the caller that a bearer token belongs to. The user answers for a personal access token, the session for a session token, and the
/// authorization for an access token of this service. Any other token must be a JWT of a configured issuer.
/// </summary>
internal sealed class CallerResolver(
    Grains grains,
    AccessTokenVerifier accessTokens,
    JwtVerifier jwts,
    DpopProofs proofs,
    PresentedCertificates certificates,
    CallerCache cache
)
{
    /// <summary>The caller, if the token was looked up less than a second ago and the cache still has the result.</summary>
    public bool TryRecall(string token, [NotNullWhen(true)] out Caller? caller) => cache.TryGet(token, out caller);

    /// <summary>
    /// The caller behind a session token that was refused because the password must be changed, or because a person who has no second
    /// factor misses the forced one. This caller has no roles and may only change their own password. Fails with
    /// <see cref="SessionException"/>, for other tokens with <paramref name="refusal"/>.
    /// </summary>
    public async Task<Caller> ResolveForPasswordChangeAsync(string token, SessionError refusal, CancellationToken cancellationToken)
    {
        if (!SessionToken.TryGetSessionId(token, out var sessionId))
        {
            throw new SessionException(refusal);
        }

        var session = grains.Session(sessionId);
        return await SelfAsync(
            await grains.CallAsync(() => session.AuthenticateForPasswordChangeAsync(token), cancellationToken),
            cancellationToken
        );
    }

    /// <summary>
    /// The caller behind a session token that only misses the second factor which the login policy forces upon a person who has none. This
    /// caller has no roles and may only set one up for themselves. Fails with <see cref="SessionException"/>.
    /// </summary>
    public async Task<Caller> ResolveForEnrolmentAsync(string token, CancellationToken cancellationToken)
    {
        if (!SessionToken.TryGetSessionId(token, out var sessionId))
        {
            throw new SessionException(SessionErrors.BearerMfaMissing);
        }

        var session = grains.LoginSession(sessionId);
        return await SelfAsync(
            await grains.CallAsync(() => session.AuthenticateForEnrolmentAsync(token), cancellationToken),
            cancellationToken
        );
    }

    private async Task<Caller> SelfAsync(SessionBearer bearer, CancellationToken cancellationToken)
    {
        var caller = await grains.CallAsync(() => grains.User(bearer.UserId).AsCallerAsync(), cancellationToken);
        return new Caller
        {
            UserId = caller.UserId,
            OrganizationId = caller.OrganizationId,
            ProvedAt = bearer.ProvedAt,
            PasswordProvedAt = bearer.PasswordProvedAt,
            SessionId = bearer.SessionId,
        };
    }

    /// <summary>
    /// The caller behind a token that is bound to a key, which the request proves (RFC 9449 §7). Fails with
    /// <see cref="SessionException"/>, such as <c>AUTH-Dpop1</c>.
    /// </summary>
    public async Task<Caller> LookUpBoundAsync(HttpContext http, string token, CancellationToken cancellationToken)
    {
        var proof = proofs.Find(http, token) ?? throw new SessionException(SessionErrors.DpopProofMissing);
        var (caller, _) = await grains.CallAsync(() => AskAsync(http, token, proof.Thumbprint, cancellationToken), cancellationToken);
        await proofs.EnsureNonceAsync(http, proof, caller.ClientId, cancellationToken);
        await proofs.UseAsync(proof, cancellationToken);
        return caller;
    }

    /// <summary>The caller. Fails with <see cref="SessionException"/>, such as <c>AUTH-7fs1e</c>.</summary>
    public async Task<Caller> LookUpAsync(HttpContext http, string token, CancellationToken cancellationToken)
    {
        var askedAt = cache.Now;
        var (caller, endsWithSession) = await grains.CallAsync(
            () => AskAsync(http, token, proved: null, cancellationToken),
            cancellationToken
        );

        // A token that depends on a session must stop working as soon as the end of the session is acknowledged, so the session is asked
        // every time.
        if (!endsWithSession)
        {
            cache.Add(token, caller, askedAt);
        }

        return caller;
    }

    private async Task<(Caller Caller, bool EndsWithSession)> AskAsync(
        HttpContext http,
        string token,
        string? proved,
        CancellationToken cancellationToken
    )
    {
        if (PersonalAccessToken.TryParse(token, out var owner, out _))
        {
            DpopProofs.EnsureHeld(bound: null, proved);
            return (await grains.User(owner).AuthenticateAsync(token), false);
        }

        if (SessionToken.TryGetSessionId(token, out var sessionId))
        {
            DpopProofs.EnsureHeld(bound: null, proved);
            var bearer = await grains.Session(sessionId).AuthenticateAsync(token);
            return (
                await grains.User(bearer.UserId).AsCallerAsync() with
                {
                    ProvedAt = bearer.ProvedAt,
                    PasswordProvedAt = bearer.PasswordProvedAt,
                    SessionId = bearer.SessionId,
                },
                true
            );
        }

        if (await accessTokens.VerifyAsync(token, cancellationToken) is { } grant)
        {
            DpopProofs.EnsureHeld(grant.KeyThumbprint, proved);
            certificates.EnsureHeld(http, grant.CertificateThumbprint);
            return (await AskAsync(grant), true);
        }

        var (subject, provedAt, bound) = await jwts.VerifyAsync(token, cancellationToken);
        DpopProofs.EnsureHeld(bound, proved);
        return (await grains.User(subject).AsCallerAsync() with { ProvedAt = provedAt }, false);
    }

    /// <summary>
    /// An access token must be meant for this API, and speak for a user: a client has no rights of its own. A login without the user's
    /// second factor is not enough. The scope says whether the token is meant for this API. The audience does not: a client whose id is the
    /// name of the API would have that audience without any grant. A token that is only for named resources is not meant for this API.
    /// </summary>
    private async Task<Caller> AskAsync(TokenGrant grant)
    {
        if (grant.IsForClient || !grant.Resources.IsDefaultOrEmpty || !grant.Scopes.Contains(OidcScopes.ApiAudience))
        {
            throw new SessionException(SessionErrors.TokenAudienceInvalid);
        }

        if (grant.IsUnproved)
        {
            throw new SessionException(SessionErrors.BearerFactorMissing);
        }

        if (grant.MissesSecondFactor)
        {
            throw new SessionException(SessionErrors.BearerMfaMissing);
        }

        if (grant.MustChangePassword)
        {
            throw new SessionException(SessionErrors.PasswordOutdated);
        }

        return await grains.User(grant.UserId).AsCallerAsync() with
        {
            AgentId = grant.AgentId,
            ClientId = grant.ClientId,
            SessionId = grant.SessionId,
            // A service account gets a token for its secret or its key. Getting the token is therefore its proof. The time of that proof is
            // told if the token was exchanged since.
            ProvedAt = grant.SessionId is null ? grant.AuthenticatedAt ?? grant.IssuedAt : grant.ProvedAt,
        };
    }
}
