using Orleans.Sessions.State;
using Orleans.Sessions.Tokens;

namespace Orleans.Sessions.Sessions;

/// <content>Reads, and what a session's token permits. They interleave with a write and see what was durable before it.</content>
internal sealed partial class SessionGrain
{
    /// <inheritdoc/>
    public async Task<SessionView> GetAsync(Caller caller, string? token)
    {
        var session = await LoadAsync();
        if (session is null or { EndedAt: not null })
        {
            throw this.Forget(SessionErrors.SessionNotFound);
        }

        var seen = session;
        if (token is not null)
        {
            seen = AsSeenWith(token, session, SessionErrors.SessionTokenDenied);
            NoteUse(session);
        }
        else if (!SessionRules.MayRead(session, caller))
        {
            throw new SessionException(SessionErrors.PermissionMissing);
        }

        var user = await _reader.UserAsync(session);
        if (SessionRules.IsOfEarlierEpoch(session, user))
        {
            throw this.Forget(SessionErrors.SessionNotFound);
        }

        var view = ReferenceEquals(seen, session) ? await _reader.ViewAsync(session) : SessionRules.View(seen, user);
        return SessionRules.At(view, session, Now);
    }

    /// <inheritdoc/>
    public Task<SessionBearer> AuthenticateAsync(string token) => AuthenticateAsync(token, BearerUse.Any);

    /// <inheritdoc/>
    public Task<SessionBearer> AuthenticateForPasswordChangeAsync(string token) => AuthenticateAsync(token, BearerUse.PasswordChange);

    private async Task<SessionBearer> AuthenticateAsync(string token, BearerUse use)
    {
        var session = await LoadAsync();
        if (session is null or { EndedAt: not null })
        {
            throw this.Forget(SessionErrors.BearerSessionMissing);
        }

        var seen = AsSeenWith(token, session, SessionErrors.BearerTokenStale);
        if (session.IsExpired(Now))
        {
            throw new SessionException(SessionErrors.BearerSessionExpired);
        }

        if (seen.UserId is null || await _reader.UserAsync(session) is not { } user)
        {
            throw new SessionException(SessionErrors.BearerFactorMissing);
        }

        if (SessionRules.IsOfEarlierEpoch(session, user))
        {
            throw this.Forget(SessionErrors.BearerSessionMissing);
        }

        var factors = SessionRules.ProvedFactors(seen, user);
        if (factors == 0)
        {
            throw new SessionException(SessionErrors.BearerFactorMissing);
        }

        if (
            SessionRules.MissesSecondFactor(seen, user, _services.LoginPolicy)
            && (use == BearerUse.Any || !SessionRules.CanProveOneFactorOnly(user, _services.LoginPolicy))
        )
        {
            throw new SessionException(SessionErrors.BearerMfaMissing);
        }

        if (use != BearerUse.PasswordChange && SessionRules.MustChangePassword(seen, user, _services.LoginPolicy, Now))
        {
            throw new SessionException(SessionErrors.PasswordOutdated);
        }

        NoteUse(session);

        return new SessionBearer
        {
            SessionId = Id,
            UserId = user.Id,
            Factors = factors,
            ProvedAt = SessionRules.ProvedAt(seen, user),
            PasswordProvedAt = ProofRules.Find(ProofRules.Standing(seen, user), ProvedFactor.Password)?.At,
        };
    }

    /// <inheritdoc/>
    public async Task<FoundSession?> FindAsync()
    {
        var session = await LoadAsync();
        if (session is null or { EndedAt: not null })
        {
            this.Forget();
            return null;
        }

        var user = await _reader.UserAsync(session);
        return SessionRules.IsOfEarlierEpoch(session, user) ? null : new FoundSession(session, user);
    }

    /// <inheritdoc/>
    public async Task<FoundSession> LinkAsync(string token)
    {
        if (await LoadAsync() is not { } session)
        {
            throw this.Forget(SessionErrors.LinkSessionMissing);
        }

        EnsureUsable(session, Now);
        var seen = AsSeenWith(token, session, SessionErrors.SessionTokenInvalid);
        var user = await _reader.UserAsync(session);
        NoteUse(session);
        return SessionRules.IsOfEarlierEpoch(session, user)
            ? throw new SessionException(SessionErrors.SessionTerminated)
            : new FoundSession(seen, seen.UserId is null ? null : user);
    }

    /// <summary>
    /// The session as seen with this token. The holder of the previous token sees the session as it was when that token was replaced.
    /// </summary>
    private SessionRecord AsSeenWith(string token, SessionRecord session, SessionError otherwise)
    {
        switch (session.Token.Judge(token, Now))
        {
            case TokenVerdict.Valid:
                return session;
            case TokenVerdict.Previous:
                return session.Token.PreviousLevel is { } level ? HardwareProof.At(level.Lower(session), Now) : session;
            case TokenVerdict.Reused:
                _services.Meter.TokenReused.Add(1);
                SessionLog.TokenReused(_services.Log, _services.State.Audit.SessionHash(Id));
                _services.FailedLogins.Count(Audit.AuditKinds.SessionTokenReused, session, otherwise);
                break;
        }

        throw new SessionException(otherwise);
    }

    /// <summary>Notes the use in a call of its own. The read does not wait for it: reads interleave, but a write must run alone.</summary>
    private void NoteUse(SessionRecord session)
    {
        if (_expiry is null)
        {
            ArmExpiry(session);
        }

        if (SessionExpiry.IsUseDue(session, Now))
        {
            this.AsReference<ISessionLifecycle>().UseAsync().Ignore();
        }
    }
}
