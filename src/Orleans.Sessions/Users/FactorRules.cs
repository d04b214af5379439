using System.Collections.Immutable;
using Orleans.Sessions.Lockout;
using Orleans.Sessions.Sessions;
using Orleans.Sessions.WebAuthn;

namespace Orleans.Sessions.Users;

/// <summary>What a decision came to: the record to store, and the error to answer with once it is stored.</summary>
internal sealed record Verdict(UserRecord User, SessionException? Failure = null);

/// <summary>
/// Who may be checked, what a wrong credential costs and what a right one is worth (session-api §3.2, §3.3): pure functions.
/// </summary>
internal static class FactorRules
{
    /// <summary>
    /// The password that may be checked; otherwise fails with <c>3n77z</c>, <c>3nJ4t</c>, <c>Gj4ko</c>, or <paramref name="locked"/>, which says whether the
    /// lock was there before or came while the hash was computed.
    /// </summary>
    public static StoredPassword Password(UserRecord? user, SessionError locked) => user switch
    {
        null or { State: UserState.Deleted } or { Kind: not UserKind.Human } => throw new SessionException(SessionErrors.PasswordUserGone),
        { State: UserState.Locked } => throw new SessionException(locked) { FailedAttempts = user.PasswordFailures },
        { State: UserState.Inactive } => throw new SessionException(SessionErrors.UserNotActive),
        _ => user.Password ?? throw new SessionException(SessionErrors.PasswordNotSet),
    };

    /// <summary>
    /// The authenticator app that may be checked; otherwise fails with <c>3Mif9s</c>, <c>SF3fg</c> or <c>Gj4ko</c>. A locked user's code is
    /// not even compared, so that the answer tells nothing about it.
    /// </summary>
    public static StoredTotp Totp(UserRecord? user) => user switch
    {
        not { Totp.IsReady: true } => throw new SessionException(SessionErrors.TotpNotReady),
        { State: UserState.Locked } => throw new SessionException(SessionErrors.TotpUserLocked),
        { State: UserState.Inactive } => throw new SessionException(SessionErrors.UserNotActive),
        _ => user.Totp,
    };

    /// <summary>A wrong password counts; the one that reaches the limit locks the user, and is still answered as wrong.</summary>
    public static Verdict WrongPassword(UserRecord user, LockoutOptions lockout)
    {
        var failures = user.PasswordFailures + 1;
        return new Verdict(
            LockAt(lockout.MaxPasswordAttempts, failures, user with { PasswordFailures = failures }),
            new SessionException(SessionErrors.PasswordInvalid)
            {
                FailedAttempts = failures,
                AnswerDelay = lockout.Tarpit.DelayFor(failures),
            });
    }

    /// <summary>A wrong code counts like a wrong password, on its own counter.</summary>
    public static Verdict WrongTotp(UserRecord user, LockoutOptions lockout)
    {
        var failures = user.TotpFailures + 1;
        return new Verdict(
            LockAt(lockout.MaxOtpAttempts, failures, user with { TotpFailures = failures }),
            new SessionException(SessionErrors.TotpInvalid) { AnswerDelay = lockout.Tarpit.DelayFor(failures) });
    }

    /// <summary>
    /// A code that was right once is refused like a wrong one, but it is no guess and does not count: a double click must not lock anybody.
    /// </summary>
    public static Verdict UsedTotp(UserRecord user) => new(user, new SessionException(SessionErrors.TotpInvalid));

    /// <summary>
    /// The recovery codes of which one may be checked; otherwise fails with <c>84rgg</c>, <c>Gj4ko</c>, or <paramref name="locked"/>, which says
    /// whether the lock was there before or came meanwhile.
    /// </summary>
    public static ImmutableArray<StoredRecoveryCode> RecoveryCodes(UserRecord? user, SessionError locked) => user switch
    {
        { State: UserState.Locked } => throw new SessionException(locked),
        { State: UserState.Inactive } => throw new SessionException(SessionErrors.UserNotActive),
        { RecoveryCodes: { } codes } => codes,
        _ => throw new SessionException(SessionErrors.RecoveryCodesNone),
    };

    /// <summary>A wrong recovery code counts like a wrong password, on its own counter.</summary>
    public static Verdict WrongRecoveryCode(UserRecord user, LockoutOptions lockout)
    {
        var failures = user.RecoveryCodeFailures + 1;
        return new Verdict(
            LockAt(lockout.MaxOtpAttempts, failures, user with { RecoveryCodeFailures = failures }),
            new SessionException(SessionErrors.RecoveryCodeInvalid) { AnswerDelay = lockout.Tarpit.DelayFor(failures) });
    }

    /// <summary>
    /// Makes right answers count. Whoever was locked since they were checked is refused, and so is a step or a recovery code
    /// that was used since then: of parallel uses one wins.
    /// </summary>
    public static Verdict Commit(UserRecord? user, ProvenFactors proven)
    {
        var next = user;
        if (proven.Password)
        {
            Password(user, SessionErrors.PasswordLockedMeanwhile);
            next = next! with { PasswordFailures = 0 };
        }

        if (proven.TotpStep is { } step)
        {
            var totp = Totp(user);
            if (step <= totp.LastStep)
            {
                return UsedTotp(user!);
            }

            next = next! with { Totp = totp with { LastStep = step }, TotpFailures = 0 };
        }

        if (proven.WebAuthn is { } webAuthn)
        {
            next = WebAuthnRules.Use(next, webAuthn);
        }

        if (proven.RecoveryCode is { } used)
        {
            var codes = RecoveryCodes(user, SessionErrors.RecoveryCodeLockedMeanwhile);
            var left = codes.RemoveAll(code => code.Hash.AsSpan().SequenceEqual(used.AsSpan()));
            if (left.Length == codes.Length)
            {
                return new Verdict(user!, new SessionException(SessionErrors.RecoveryCodeInvalid));
            }

            next = next! with { RecoveryCodes = left.IsEmpty ? null : left, RecoveryCodeFailures = 0 };
        }

        next = proven.OtpSms ? OtpRules.Proved(next, OtpChannel.Sms) : next;
        next = proven.OtpEmail ? OtpRules.Proved(next, OtpChannel.Email) : next;
        return new Verdict(next!);
    }

    /// <summary>The user, locked with all sessions dead once the failures reach the limit; 0: never.</summary>
    public static UserRecord LockAt(int limit, int failures, UserRecord user) => limit > 0 && failures >= limit
        ? UserRules.EndSessions(user with { State = UserState.Locked }, SessionEndReason.UserLocked)
        : user;
}
