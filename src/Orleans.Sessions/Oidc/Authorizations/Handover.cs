using System.Collections.Immutable;
using Orleans.Sessions.Policies;
using Orleans.Sessions.Sessions;
using Orleans.Sessions.State;
using Orleans.Sessions.Users;

namespace Orleans.Sessions.Oidc.Authorizations;

/// <summary>How a session is handed over to a relying party or service provider: one rule for OpenID Connect, devices and SAML.</summary>
internal sealed class Handover(IGrainFactory grains, LoginPolicy policy, TimeProvider clock)
{
    /// <summary>Fails unless the caller may complete requests: with <c>session.link</c>, or as the login client the request was given to.</summary>
    public static void EnsureMayComplete(Caller caller, string? loginClientId)
    {
        if (loginClientId is null || loginClientId != caller.UserId)
        {
            caller.Require(Permission.SessionLink);
        }
    }

    /// <summary>The session with this token, if it is good enough. Fails with what is missing.</summary>
    public async Task<FoundSession> LoginAsync(string sessionId, string sessionToken, Demand demand)
    {
        var found = await grains.GetGrain<ISessionLifecycle>(GrainKeys.Session(sessionId)).LinkAsync(sessionToken);
        if (found.User is null)
        {
            throw new SessionException(found.Session.UserId is null ? SessionErrors.LinkFactorMissing : SessionErrors.LinkUserNotActive);
        }

        if (DeathOf(found) is { } death)
        {
            throw new SessionException(death);
        }

        return Assurance.Objection(found.Session, found.User, demand, policy, clock.GetMicroNow()) is { } objection ? throw new SessionException(objection) : found;
    }

    /// <summary>Why nobody can log in with a session any more; <c>null</c>: one can.</summary>
    public SessionError? DeathOf(FoundSession found)
    {
        var (session, user) = found;
        if (user is not { State: UserState.Active })
        {
            return SessionErrors.LinkUserNotActive;
        }

        return session.IsExpired(clock.GetMicroNow()) || SessionRules.IsOfEarlierEpoch(session, user) ? SessionErrors.GrantSessionEnded : null;
    }

    /// <summary>
    /// As the other one, for the tokens of a login that rested on <paramref name="proofs"/>: they die with the first credential that is gone, whatever the
    /// session has proved since then.
    /// </summary>
    public SessionError? DeathOf(FoundSession found, ImmutableArray<Proof>? proofs) =>
        DeathOf(found) ?? (ProofRules.Carry(proofs, found.Session, found.User!) ? null : SessionErrors.GrantSessionEnded);

    /// <summary>Whether the session needs a second factor that it has not proved, to be used as a bearer token.</summary>
    public bool MissesSecondFactor(FoundSession found) => found.User is { } user && SessionRules.MissesSecondFactor(found.Session, user, policy);

    /// <summary>Whether the login rests on a password that must be changed.</summary>
    public bool MustChangePassword(FoundSession found) =>
        found.User is { } user && SessionRules.MustChangePassword(found.Session, user, policy, clock.GetMicroNow());
}
