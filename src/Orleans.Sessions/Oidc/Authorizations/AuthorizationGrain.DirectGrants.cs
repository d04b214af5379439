using System.Collections.Immutable;
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

        var (login, scopes) = await LoginOfAsync(grant, now);
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
                    Scopes = scopes,
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

    /// <summary>The login that the new tokens rest on, and their scopes.</summary>
    private async Task<(SessionLogin Login, ImmutableArray<string> Scopes)> LoginOfAsync(DirectGrant grant, DateTimeOffset now)
    {
        if (grant.ActorAuthorizationId is { } acting)
        {
            // An id token says who acts without saying whether that login still stands.
            await EnsureAliveAsync(LoginOf(await PresentedAsync(acting)));
        }

        if (grant.SubjectAuthorizationId is { } family)
        {
            var subject = await PresentedAsync(family);
            if (!subject.Grant.Resources.IsDefaultOrEmpty)
            {
                // The new token would be for more than the login was for (RFC 8707), also if an id token was presented, which names none.
                throw new SessionException(SessionErrors.ResourceNotGranted);
            }

            var login = LoginOf(subject);

            // An id token names no scopes, so the gateway does not know those of its login.
            return (
                await ForAsync(grant, login, await EnsureAliveAsync(login)),
                [.. grant.Scopes.Where(scope => subject.Grant.Scopes.Contains(scope))]
            );
        }

        if (grant.SessionId is { } sessionId)
        {
            var session = await _logins.LoginAsync(
                sessionId,
                grant.SessionToken ?? "",
                new Demand(now, Login: false, MaxAge: null, [], grant.MinimumAcr)
            );
            await EnsureAccessAsync((await Clients.FindAsync(grant.ClientId))?.ProjectId, session);
            return (Assurance.Login(session.Session, session.User!), grant.Scopes);
        }

        var self = new SessionLogin
        {
            UserId = grant.IsForClient ? grant.ClientId : grant.UserId!,
            IsClient = grant.IsForClient,
            Proofs = [new Proof(ProvedFactor.User, now, grant.Credential)],
        };
        return (self, grant.Scopes);
    }

    /// <summary>What a presented token stands for. Fails if it was revoked, or if its client is not registered any more.</summary>
    private async Task<AccessToken> PresentedAsync(string family) =>
        await GrainFactory.GetGrain<IAccessTokenSource>(GrainKeys.Authorization(family)).FindLoginAsync() is { } presented
        && await IsRegisteredAsync(presented.Grant)
            ? presented
            : throw new SessionException(SessionErrors.TokenInvalid);

    /// <summary>Service accounts are their own clients.</summary>
    private async Task<bool> IsRegisteredAsync(TokenGrant grant) =>
        grant is { SessionId: null, ClientRegisteredAt: null }
        || (await Clients.FindAsync(grant.ClientId))?.IsRegistration(grant.ClientId, grant.ClientRegisteredAt) == true;

    private static SessionLogin LoginOf(AccessToken presented) =>
        new()
        {
            UserId = presented.Grant.UserId,
            IsClient = presented.Grant.IsForClient,
            SessionId = presented.Grant.SessionId,
            // Getting a token is the proof of a service account, and an exchange is none.
            AuthenticatedAt = presented.Grant.AuthenticatedAt ?? (presented.Grant.SessionId is null ? presented.Grant.IssuedAt : null),
            Methods = presented.Grant.Methods,
            Acr = presented.Grant.Acr,
            AgentId = presented.Grant.AgentId,
            Proofs = presented.Proofs ?? [],
        };

    /// <summary>The login of a presented token, if it is enough for the client that exchanges the token.</summary>
    private async Task<SessionLogin> ForAsync(DirectGrant grant, SessionLogin login, FoundSession? found)
    {
        if (grant.MinimumAcr is { } minimum && (login.Acr is not { } level || !AuthenticationContext.Satisfies(level, minimum)))
        {
            throw new SessionException(Assurance.MissingFor(minimum));
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
