using System.Collections.Immutable;
using Orleans.Sessions.Sessions;
using Orleans.Sessions.State;
using Orleans.Sessions.Users;

namespace Orleans.Sessions.Logins;

/// <summary>
/// Judges whether a session may log in at a relying party or service provider: one rule for OpenID Connect, devices and SAML.
/// </summary>
internal sealed class SessionLogins(IGrainFactory grains, LoginPolicy policy, TimeProvider clock)
{
    /// <summary>
    /// Fails unless the caller may complete requests: with the permission <c>session.link</c>, or as the login client of the request.
    /// </summary>
    public static void EnsureMayComplete(Caller caller, string? loginClientId)
    {
        if (loginClientId is null || loginClientId != caller.UserId)
        {
            caller.Require(Permission.SessionLink);
        }
    }

    /// <summary>The session with this token, if it meets the demand. Otherwise fails with the error that says what is missing.</summary>
    public async Task<FoundSession> LoginAsync(string sessionId, string sessionToken, Demand demand)
    {
        var found = await grains.GetGrain<ISessionLifecycle>(GrainKeys.Session(sessionId)).LinkAsync(sessionToken);
        if (found.User is null)
        {
            throw new SessionException(found.Session.UserId is null ? SessionErrors.LinkFactorMissing : SessionErrors.LinkUserNotActive);
        }

        if (RefusalOf(found) is { } ended)
        {
            throw new SessionException(ended);
        }

        return Assurance.Refusal(found.Session, found.User, demand, policy, clock.GetMicroNow()) is { } refusal
            ? throw new SessionException(refusal)
            : found;
    }

    /// <summary>Why a session no longer permits a login; <c>null</c> if it does.</summary>
    public SessionError? RefusalOf(FoundSession found)
    {
        var (session, user) = found;
        if (user is not { State: UserState.Active })
        {
            return SessionErrors.LinkUserNotActive;
        }

        return session.IsExpired(clock.GetMicroNow()) || SessionRules.IsOfEarlierEpoch(session, user)
            ? SessionErrors.GrantSessionEnded
            : null;
    }

    /// <summary>
    /// Like the other overload, for the tokens of a login that rested on <paramref name="proofs"/>. They end with the first removed
    /// credential, whatever the session has proved since then.
    /// </summary>
    public SessionError? RefusalOf(FoundSession found, ImmutableArray<Proof> proofs) =>
        RefusalOf(found)
        ?? (
            ProofRules.Carry(proofs, found.User!) && (policy.AllowUnprovedLogins || !ProofRules.IsUnproved(proofs))
                ? null
                : SessionErrors.GrantSessionEnded
        );

    /// <summary>Whether the session lacks a second factor that it needs in order to be used as a bearer token.</summary>
    public bool MissesSecondFactor(FoundSession found) =>
        found.User is { } user && SessionRules.MissesSecondFactor(found.Session, user, policy);

    /// <summary>Whether the login rests on a password that must be changed.</summary>
    public bool MustChangePassword(FoundSession found) =>
        found.User is { } user && SessionRules.MustChangePassword(found.Session, user, policy, clock.GetMicroNow());
}
