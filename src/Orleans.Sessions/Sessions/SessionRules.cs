using Orleans.Sessions.Users;

namespace Orleans.Sessions.Sessions;

/// <summary>Who may see a session, what clients see of it, and what it proves: pure functions of the stored session.</summary>
internal static class SessionRules
{
    /// <summary>
    /// Whether <paramref name="caller"/> may read the session without its token (session-api §6): its creator, its user, its user
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

    /// <summary>When the password was proved, unless the user has a newer one by now.</summary>
    public static DateTimeOffset? PasswordCheckedAt(SessionRecord session, DateTimeOffset? passwordChangedAt) =>
        session.PasswordCheckedAt >= (passwordChangedAt ?? DateTimeOffset.MinValue) ? session.PasswordCheckedAt : null;

    /// <summary>How many factors besides the user count at present; a passkey that verified the person is two (session-api §5.5).</summary>
    public static int ProvedFactors(SessionRecord session, UserIdentity user) =>
        One(PasswordCheckedAt(session, user.PasswordChangedAt))
        + One(session.TotpCheckedAt)
        + One(session.IntentCheckedAt)
        + One(session.OtpSmsCheckedAt)
        + One(session.OtpEmailCheckedAt)
        + One(session.RecoveryCodeCheckedAt)
        + (session.WebAuthn switch { null => 0, { UserVerified: true } => 2, _ => 1 });

    /// <summary>Whether one factor was proved where a person needs two: the user has a second one, or the policy forces it (session-api §5.5).</summary>
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
        if (PasswordCheckedAt(session, user.PasswordChangedAt) is null || !(user.PasswordOutdatedFrom <= now))
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

    /// <summary>What clients see, with the names the user has now.</summary>
    public static SessionView View(SessionRecord session, string? loginName, string? displayName, DateTimeOffset? passwordChangedAt) => new()
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
            Password = PasswordCheckedAt(session, passwordChangedAt),
            Totp = session.TotpCheckedAt,
            WebAuthn = session.WebAuthn,
            Intent = session.IntentCheckedAt,
            OtpSms = session.OtpSmsCheckedAt,
            OtpEmail = session.OtpEmailCheckedAt,
            RecoveryCode = session.RecoveryCodeCheckedAt,
        },
    };

    /// <inheritdoc cref="View(SessionRecord, string?, string?, DateTimeOffset?)"/>
    public static SessionView View(SessionRecord session, UserIdentity? user) =>
        View(session, user?.LoginName, user?.DisplayName, user?.PasswordChangedAt);

    private static int One(DateTimeOffset? provedAt) => provedAt is null ? 0 : 1;
}
