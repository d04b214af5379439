using Orleans.Sessions.Logins;
using Orleans.Sessions.Sessions;
using Orleans.Sessions.Tokens;

namespace Orleans.Sessions.Oidc.Authorizations;

/// <content>
/// Tokens without a request: for service accounts, for clients themselves, and in exchange for another token (RFC 8693). What comes of an
/// exchange rests on the login of the presented token, so it ends with the same session and the same credentials.
/// </content>
internal sealed partial class AuthorizationGrain
{
    /// <inheritdoc/>
    public async Task<TokenGrant> IssueAsync(DirectGrant grant, NewTokens tokens)
    {
        var now = Now;
        if (grant.NotAfter <= now)
        {
            throw new SessionException(SessionErrors.TokenInvalid);
        }

        var login = await LoginOfAsync(grant, now);
        var record = await _state.ReadAsync();
        var access = record is null ? null : TokenFamilyRules.Find(record, tokens.AccessTokenId);
        if (record is null || access is null)
        {
            (record, access) = await AddAsync(
                new AuthorizationRecord
                {
                    ClientId = grant.ClientId,
                    ClientRegisteredAt = grant.ClientRegisteredAt,
                    Issuer = grant.Issuer,
                    Scopes = grant.Scopes,
                    Login = login,
                    Actors = grant.Actors.IsDefaultOrEmpty ? null : grant.Actors,
                    CreatedAt = now,
                    CompletedAt = now,
                    ExpiresAt = now,
                },
                grant.NotAfter is { } end && end < now + tokens.AccessTokenLifetime
                    ? tokens with
                    {
                        AccessTokenLifetime = end - now,
                    }
                    : tokens,
                await EnsureAliveAsync(login)
            );
        }

        // Checked again: a session that ended meanwhile notified only the clients that it knew.
        return Grant(record, access, await EnsureAliveAsync(login), tokens);
    }

    /// <inheritdoc/>
    public async Task<AccessToken?> FindLoginAsync() =>
        await LoadAsync() is { RevokedAt: null, Login: { } login } record
            ? new AccessToken
            {
                Grant = TokenFamilyRules.Grant(record, Id, new StoredOidcToken("", record.CreatedAt, record.ExpiresAt)) with
                {
                    Acr = login.Acr,
                },
                Proofs = login.Proofs,
            }
            : null;

    private async Task<SessionLogin> LoginOfAsync(DirectGrant grant, DateTimeOffset now)
    {
        if (grant.SubjectAuthorizationId is { } family)
        {
            return await OfTokenAsync(grant, family);
        }

        if (grant is { IdTokenLogin: { } told, SessionId: { } of })
        {
            return await OfIdTokenAsync(grant, told, of);
        }

        if (grant.SessionId is { } sessionId)
        {
            var session = await _logins.LoginAsync(
                sessionId,
                grant.SessionToken ?? "",
                new Demand(now, Login: false, MaxAge: null, [], grant.MinimumAcr)
            );
            await EnsureAccessAsync((await Clients.FindAsync(grant.ClientId))?.ProjectId, session);
            return Assurance.Login(session.Session, session.User!);
        }

        return new SessionLogin
        {
            UserId = grant.IsForClient ? grant.ClientId : grant.UserId!,
            IsClient = grant.IsForClient,
            Proofs = [new Proof(ProvedFactor.User, now, grant.Credential)],
        };
    }

    private async Task<SessionLogin> OfTokenAsync(DirectGrant grant, string family)
    {
        var subject = await GrainFactory.GetGrain<IAccessTokenSource>(GrainKeys.Authorization(family)).FindLoginAsync()
            ?? throw new SessionException(SessionErrors.TokenInvalid);
        var login = new SessionLogin
        {
            UserId = subject.Grant.UserId,
            IsClient = subject.Grant.IsForClient,
            SessionId = subject.Grant.SessionId,
            AuthenticatedAt = subject.Grant.AuthenticatedAt,
            Methods = subject.Grant.Methods,
            Acr = subject.Grant.Acr,
            AgentId = subject.Grant.AgentId,
            Proofs = subject.Proofs ?? [],
        };
        return await ForAsync(grant, login, await EnsureAliveAsync(login));
    }

    /// <summary>The login that an id token tells of. If its session has lost that level since, the id token is good for nothing.</summary>
    private async Task<SessionLogin> OfIdTokenAsync(DirectGrant grant, IdTokenLogin told, string sessionId)
    {
        var found = await GrainFactory.GetGrain<ISessionLifecycle>(GrainKeys.Session(sessionId)).FindAsync();
        if (found is not { User: { } user } || user.Id != told.UserId)
        {
            throw new SessionException(SessionErrors.GrantSessionEnded);
        }

        var login = Assurance.Login(found.Session, user);
        if (told.Acr is { } acr && (login.Acr is not { } level || !AuthenticationContext.Satisfies(level, acr)))
        {
            throw new SessionException(SessionErrors.GrantSessionEnded);
        }

        login = login with
        {
            Acr = told.Acr,
            AuthenticatedAt = told.AuthenticatedAt,
            Methods = told.Methods,
            Proofs = told.Acr is null ? [ProofRules.OfUserCheck(found.Session)] : login.Proofs,
        };
        return await ForAsync(grant, login, await EnsureAliveAsync(login));
    }

    /// <summary>The login of a presented token, if it is enough for the client that exchanges the token.</summary>
    private async Task<SessionLogin> ForAsync(DirectGrant grant, SessionLogin login, FoundSession? found)
    {
        if (grant.MinimumAcr is { } minimum && (login.Acr is not { } level || !AuthenticationContext.Satisfies(level, minimum)))
        {
            throw new SessionException(
                minimum == AuthenticationContext.PhishingResistant
                    ? SessionErrors.LinkPasskeyMissing
                    : SessionErrors.LinkSecondFactorMissing
            );
        }

        if (found is not null)
        {
            await EnsureAccessAsync((await Clients.FindAsync(grant.ClientId))?.ProjectId, found);
        }

        return login with
        {
            OrganizationId = found?.User?.OrganizationId,
        };
    }
}
