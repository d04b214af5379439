using Orleans.Sessions.Factors;
using Orleans.Sessions.Storage;
using Orleans.Sessions.Users;

namespace Orleans.Sessions.Sessions;

/// <summary>Who may see a session, what clients see of it, and what it proves. Pure functions of the stored session.</summary>
internal static class SessionRules
{
    /// <summary>
    /// Whether <paramref name="caller"/> may read the session without its token: as its creator, its user or its user agent, or with
    /// the permission <c>session.read</c>.
    /// </summary>
    public static bool MayRead(SessionRecord session, Caller caller) =>
        (session.CreatorId.Length > 0 && session.CreatorId == caller.UserId)
        || (session.UserId is { } userId && userId == caller.UserId)
        || (caller.AgentId is { Length: > 0 } agent && agent == session.FingerprintId)
        || caller.May(Permission.SessionRead, session.OrganizationId);

    /// <summary>
    /// Whether <paramref name="caller"/> may end the session without its token: as its user, or with the permission <c>session.delete</c>.
    /// </summary>
    public static bool MayDelete(SessionRecord session, Caller caller) =>
        (session.UserId is { } userId && userId == caller.UserId) || caller.May(Permission.SessionDelete, session.OrganizationId);

    /// <summary>How many factors besides the user count at present; a passkey that verified the person counts as two.</summary>
    public static int ProvedFactors(SessionRecord session, UserIdentity user) =>
        ProofRules.Of(ProofRules.Standing(session, user)).Sum(proof => proof.UserVerified ? 2 : 1);

    /// <summary>When the newest of those factors was proved; <c>null</c> if none counts.</summary>
    public static DateTimeOffset? ProvedAt(SessionRecord session, UserIdentity user) =>
        ProofRules.Of(ProofRules.Standing(session, user)).Max(proof => (DateTimeOffset?)proof.At);

    /// <summary>
    /// Whether the session has proved one factor but the person needs two, because the user has a second factor or the policy requires it.
    /// A login at an external provider satisfies the policy, unless the policy is for such logins too.
    /// </summary>
    public static bool MissesSecondFactor(SessionRecord session, UserIdentity user, LoginPolicy policy) =>
        user.Kind == UserKind.Human
        && ProvedFactors(session, user) == 1
        && (
            (user.HasSecondFactor && !OwnChangeRules.GoesOn(session, user))
            || (policy.ForceMfa && (policy.ForceMfaForExternalLogins || !IsExternal(session, user)))
        );

    /// <summary>
    /// Whether the person has nothing that could satisfy a forced second factor. Only then may a single factor set up a second one or
    /// replace the password: whoever stole the password must not get past what the person has. An older node that does not say what the
    /// person has counts as one that says everything.
    /// </summary>
    public static bool CanProveOneFactorOnly(UserIdentity user, LoginPolicy policy) =>
        user is { HasSecondFactor: false, HasPasskey: false }
        && (user.HasLink == false || !policy.AllowExternalProviders || policy.ForceMfaForExternalLogins);

    /// <summary>Whether a login at an external provider counts in the session.</summary>
    private static bool IsExternal(SessionRecord session, UserIdentity user) =>
        ProofRules.Find(ProofRules.Standing(session, user), ProvedFactor.Intent) is not null;

    /// <summary>
    /// Whether the user has ended all sessions since this session was bound to the user. Then the session is dead, even if no grain has
    /// ended it yet.
    /// </summary>
    public static bool IsOfEarlierEpoch(SessionRecord session, UserIdentity? user) => user?.SessionEpoch > session.UserEpoch;

    /// <summary>
    /// Whether the person cannot log in without the password and the password only permits choosing another one, because it is too old or
    /// must be changed.
    /// </summary>
    public static bool MustChangePassword(SessionRecord session, UserIdentity user, LoginPolicy policy, DateTimeOffset now)
    {
        var standing = ProofRules.Standing(session, user);
        if (ProofRules.Find(standing, ProvedFactor.Password) is null || !(user.PasswordOutdatedFrom <= now))
        {
            return false;
        }

        var others = ProofRules.Without(standing, ProvedFactor.Password);
        return ProvedFactors(others, user) == 0 || MissesSecondFactor(others, user, policy);
    }

    /// <summary>The session's state at <paramref name="at"/>.</summary>
    public static SessionState StateOf(SessionRecord session, DateTimeOffset at) =>
        session switch
        {
            { EndedAt: not null } => SessionState.Terminated,
            _ when session.IsExpired(at) => SessionState.Expired,
            _ => SessionState.Active,
        };

    /// <summary>The view with the state that the session has at <paramref name="at"/>.</summary>
    public static SessionView At(SessionView view, SessionRecord session, DateTimeOffset at) =>
        StateOf(session, at) is var state && state == view.State ? view : view with { State = state };

    /// <summary>The session's sequence, change date and instance.</summary>
    public static SessionDetails Details(SessionRecord session, string instanceId) => new(session.Sequence, session.ChangedAt, instanceId);

    /// <summary>What clients see: the proofs that count at present, with the user's present names.</summary>
    public static SessionView View(SessionRecord session, UserIdentity? user) =>
        View(user is null ? session : ProofRules.Standing(session, user), user?.LoginName, user?.DisplayName);

    /// <summary>Like the other overload, but for a page of the directory, which knows less about the user.</summary>
    public static SessionView View(SessionRow row, SessionRecord session) =>
        View(
            ProofRules.Find(session, ProvedFactor.Password)?.At < row.PasswordChangedAt
                ? ProofRules.Without(session, ProvedFactor.Password)
                : session,
            row.LoginName,
            row.DisplayName
        );

    private static SessionView View(SessionRecord session, string? loginName, string? displayName) =>
        new()
        {
            Id = session.Id,
            CreationDate = session.CreatedAt,
            ChangeDate = session.ChangedAt,
            Sequence = session.Sequence,
            Metadata = session.Metadata ?? [],
            UserAgent = session.UserAgent,
            ExpirationDate = session.ExpiresAt,
            IdleTimeout = session.IdleTimeout,
            State = session.EndedAt is null ? SessionState.Active : SessionState.Terminated,
            LastUsedAt = SessionExpiry.LastUse(session),
            DeviceName = session.DeviceName ?? DeviceNames.Of(session.UserAgent?.Description),
            Factors = session.UserId is { } userId ? Factors(session, userId, loginName ?? "", displayName ?? "") : null,
        };

    private static SessionFactors Factors(SessionRecord session, string userId, string loginName, string displayName)
    {
        var user = new SessionFactors
        {
            User = new UserFactor
            {
                Id = userId,
                VerifiedAt = session.UserCheckedAt!.Value,
                OrganizationId = session.OrganizationId ?? "",
                LoginName = loginName,
                DisplayName = displayName,
            },
        };
        return ProofRules.Of(session).Aggregate(user, (factors, proof) => FactorTable.Find(proof.Factor)?.Show(factors, proof) ?? factors);
    }

    /// <summary>Why the user ended all sessions, as the user's present state tells it; <c>null</c> means that the user was
    /// deleted.</summary>
    public static SessionEndReason StrayReason(UserIdentity? user) =>
        user?.State switch
        {
            null or UserState.Deleted => SessionEndReason.UserDeleted,
            UserState.Locked => SessionEndReason.UserLocked,
            UserState.Inactive => SessionEndReason.UserDeactivated,
            _ => SessionEndReason.PasswordReset,
        };
}
