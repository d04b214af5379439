using Orleans.Sessions.Directory;
using Orleans.Sessions.Users;

namespace Orleans.Sessions.Sessions;

/// <summary>Who may see a session, what clients see of it, and what it proves: pure functions of the stored session.</summary>
internal static class SessionRules
{
    /// <summary>
    /// Whether <paramref name="caller"/> may read the session without its token: its creator, its user, its user
    /// agent, or <c>session.read</c>.
    /// </summary>
    public static bool MayRead(SessionRecord session, Caller caller) =>
        (session.CreatorId.Length > 0 && session.CreatorId == caller.UserId)
        || (session.UserId is { } userId && userId == caller.UserId)
        || (caller.AgentId is { Length: > 0 } agent && agent == session.FingerprintId)
        || caller.May(Permission.SessionRead, session.OrganizationId);

    /// <summary>Whether <paramref name="caller"/> may end the session without its token: its user, or <c>session.delete</c>.</summary>
    public static bool MayDelete(SessionRecord session, Caller caller) =>
        (session.UserId is { } userId && userId == caller.UserId)
        || caller.May(Permission.SessionDelete, session.OrganizationId);

    /// <summary>How many factors besides the user stand at present; a passkey that verified the person is two.</summary>
    public static int ProvedFactors(SessionRecord session, UserIdentity user)
    {
        var standing = ProofRules.Standing(session, user);
        return One(standing.PasswordCheckedAt)
            + One(standing.TotpCheckedAt)
            + One(standing.IntentCheckedAt)
            + One(standing.OtpSmsCheckedAt)
            + One(standing.OtpEmailCheckedAt)
            + One(standing.RecoveryCodeCheckedAt)
            + (standing.WebAuthn switch { null => 0, { UserVerified: true } => 2, _ => 1 });
    }

    /// <summary>When the newest of those factors was proved; <c>null</c>: there is none.</summary>
    public static DateTimeOffset? ProvedAt(SessionRecord session, UserIdentity user)
    {
        var standing = ProofRules.Standing(session, user);
        DateTimeOffset?[] proofs =
        [
            standing.PasswordCheckedAt, standing.TotpCheckedAt, standing.WebAuthn?.VerifiedAt, standing.IntentCheckedAt,
            standing.OtpSmsCheckedAt, standing.OtpEmailCheckedAt, standing.RecoveryCodeCheckedAt,
        ];
        return proofs.Max();
    }

    /// <summary>Whether one factor was proved where a person needs two: the user has a second one, or the policy forces it.</summary>
    public static bool MissesSecondFactor(SessionRecord session, UserIdentity user, LoginPolicy policy) =>
        user.Kind == UserKind.Human && (user.HasSecondFactor || policy.ForceMfa) && ProvedFactors(session, user) == 1;

    /// <summary>
    /// Whether the user has ended all sessions since this one was bound to them. Then it is dead, though nobody may have come to end it yet.
    /// </summary>
    public static bool IsOfEarlierEpoch(SessionRecord session, UserIdentity? user) => user?.SessionEpoch > session.UserEpoch;

    /// <summary>
    /// Whether there is no login without the password, and the password only serves to choose another one: it is too old, or was set to be changed.
    /// </summary>
    public static bool MustChangePassword(SessionRecord session, UserIdentity user, LoginPolicy policy, DateTimeOffset now)
    {
        if (ProofRules.Standing(session, user).PasswordCheckedAt is null || !(user.PasswordOutdatedFrom <= now))
        {
            return false;
        }

        var others = session with { PasswordCheckedAt = null };
        return ProvedFactors(others, user) == 0 || MissesSecondFactor(others, user, policy);
    }

    /// <summary>Where the session is in its life at <paramref name="at"/>.</summary>
    public static SessionState StateOf(SessionRecord session, DateTimeOffset at) => session switch
    {
        { EndedAt: not null } => SessionState.Terminated,
        _ when session.IsExpired(at) => SessionState.Expired,
        _ => SessionState.Active,
    };

    /// <summary>Where the session stands.</summary>
    public static SessionDetails Details(SessionRecord session, string instanceId) =>
        new(session.Sequence, session.ChangedAt, instanceId);

    /// <summary>What clients see: what stands at present, with the names the user has now.</summary>
    public static SessionView View(SessionRecord session, UserIdentity? user) =>
        View(user is null ? session : ProofRules.Standing(session, user), user?.LoginName, user?.DisplayName);

    /// <summary>As the other one, for a page of the directory, which knows less of the user.</summary>
    public static SessionView View(SessionRow row, SessionRecord session) => View(
        session.PasswordCheckedAt < row.PasswordChangedAt ? session with { PasswordCheckedAt = null } : session, row.LoginName, row.DisplayName);

    private static SessionView View(SessionRecord session, string? loginName, string? displayName) => new()
    {
        Id = session.Id,
        CreationDate = session.CreatedAt,
        ChangeDate = session.ChangedAt,
        Sequence = session.Sequence,
        Metadata = session.Metadata ?? [],
        UserAgent = session.UserAgent,
        ExpirationDate = session.ExpiresAt,
        IdleTimeout = session.IdleTimeout,
        Factors = session.UserId is null ? null : new Factors
        {
            User = new UserFactor
            {
                Id = session.UserId,
                VerifiedAt = session.UserCheckedAt!.Value,
                OrganizationId = session.OrganizationId ?? "",
                LoginName = loginName ?? "",
                DisplayName = displayName ?? "",
            },
            Password = session.PasswordCheckedAt,
            Totp = session.TotpCheckedAt,
            WebAuthn = session.WebAuthn,
            Intent = session.IntentCheckedAt,
            OtpSms = session.OtpSmsCheckedAt,
            OtpEmail = session.OtpEmailCheckedAt,
            RecoveryCode = session.RecoveryCodeCheckedAt,
        },
    };

    private static int One(DateTimeOffset? provedAt) => provedAt is null ? 0 : 1;
}
