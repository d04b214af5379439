using Orleans.Sessions.Expiry;
using Orleans.Sessions.Tokens;

namespace Orleans.Sessions.Sessions;

/// <content>Reads, and what a session's token is good for. They interleave with a write and see what is durable before it.</content>
public sealed partial class SessionGrain
{
    /// <inheritdoc/>
    public async Task<SessionView> GetAsync(Caller caller, string? token)
    {
        var session = await LoadAsync();
        if (session is null or { EndedAt: not null })
        {
            throw Forget(SessionErrors.SessionNotFound);
        }

        if (token is not null)
        {
            EnsureToken(session, token, SessionErrors.SessionTokenDenied);
            NoteUse(session);
        }
        else if (!SessionRules.MayRead(session, caller))
        {
            throw new SessionException(SessionErrors.PermissionMissing);
        }

        return SessionRules.IsOfEarlierEpoch(session, await _reader.UserAsync(session))
            ? throw Forget(SessionErrors.SessionNotFound)
            : await _reader.ViewAsync(session);
    }

    /// <inheritdoc/>
    public Task<SessionBearer> AuthenticateAsync(string token) => AuthenticateAsync(token, forPasswordChange: false);

    /// <inheritdoc/>
    public Task<SessionBearer> AuthenticateForPasswordChangeAsync(string token) => AuthenticateAsync(token, forPasswordChange: true);

    private async Task<SessionBearer> AuthenticateAsync(string token, bool forPasswordChange)
    {
        var session = await LoadAsync();
        if (session is null or { EndedAt: not null })
        {
            throw Forget(SessionErrors.BearerSessionMissing);
        }

        EnsureToken(session, token, SessionErrors.BearerTokenStale);
        if (session.IsExpired(Now))
        {
            throw new SessionException(SessionErrors.BearerSessionExpired);
        }

        if (await _reader.UserAsync(session) is not { } user)
        {
            throw new SessionException(SessionErrors.BearerFactorMissing);
        }

        if (SessionRules.IsOfEarlierEpoch(session, user))
        {
            throw Forget(SessionErrors.BearerSessionMissing);
        }

        var factors = SessionRules.ProvedFactors(session, user);
        if (factors == 0)
        {
            throw new SessionException(SessionErrors.BearerFactorMissing);
        }

        if (SessionRules.MissesSecondFactor(session, user, _services.LoginPolicy))
        {
            throw new SessionException(SessionErrors.BearerMfaMissing);
        }

        if (!forPasswordChange && SessionRules.MustChangePassword(session, user, _services.LoginPolicy, Now))
        {
            throw new SessionException(SessionErrors.PasswordOutdated);
        }

        NoteUse(session);

        return new SessionBearer { SessionId = Id, UserId = user.Id, Factors = factors };
    }

    /// <inheritdoc/>
    public async Task<FoundSession?> FindAsync()
    {
        var session = await LoadAsync();
        if (session is null or { EndedAt: not null })
        {
            Forget(SessionErrors.SessionNotFound);
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
            throw Forget(SessionErrors.LinkSessionMissing);
        }

        EnsureUsable(session, Now);
        EnsureToken(session, token, SessionErrors.SessionTokenInvalid);
        var user = await _reader.UserAsync(session);
        return SessionRules.IsOfEarlierEpoch(session, user)
            ? throw new SessionException(SessionErrors.SessionTerminated)
            : new FoundSession(session, user);
    }

    private void EnsureToken(SessionRecord session, string token, SessionError otherwise)
    {
        var verdict = session.Token.Judge(token, Now);
        if (verdict == TokenVerdict.Valid)
        {
            return;
        }

        if (verdict == TokenVerdict.Reused)
        {
            _services.Meter.TokenReused.Add(1);
            SessionLog.TokenReused(_services.Log, Id);
        }

        throw new SessionException(otherwise);
    }

    /// <summary>Reads do not wait for a write: they interleave, and it must be alone.</summary>
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
