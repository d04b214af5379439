using System.Collections.Immutable;
using Orleans.Sessions.Lockout;
using Orleans.Sessions.WebAuthn;

namespace Orleans.Sessions.Users;

/// <summary>What a decision came to: the record to store, and the error to answer with once it is stored.</summary>
internal sealed record Verdict(UserRecord User, SessionException? Failure = null);

/// <summary>Who may be checked, and what a right credential is worth: pure functions. What a wrong one costs is in <see cref="GuessRules"/>.</summary>
internal static class FactorRules
{
    /// <summary>
    /// The password that may be checked; otherwise fails with <c>3n77z</c>, <c>3nJ4t</c>, <c>Gj4ko</c>, or <paramref name="locked"/>, which says whether the
    /// lock was there before or came while the hash was computed.
    /// </summary>
    public static StoredPassword Password(UserRecord? user, SessionError locked) => user switch
    {
        null or { State: UserState.Deleted } or { Kind: not UserKind.Human } => throw new SessionException(SessionErrors.PasswordUserGone),
        { State: UserState.Locked } => throw new SessionException(locked) { FailedAttempts = GuessRules.CountOf(user, GuessedFactor.Password) },
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

    /// <summary>
    /// Makes right answers count. Whoever was locked since they were checked is refused, and so is a step or a recovery code
    /// that was used since then: of parallel uses one wins. A factor that others have blocked meanwhile still counts: it was right before they did.
    /// </summary>
    public static Verdict Commit(UserRecord? user, ProvenFactors proven, AnswerSource from, LockoutOptions lockout, DateTimeOffset now)
    {
        var next = user;
        if (proven.Password)
        {
            Password(user, SessionErrors.PasswordLockedMeanwhile);
            next = GuessRules.Right(next!, GuessedFactor.Password, from);
        }

        if (proven.TotpStep is { } step)
        {
            var totp = Totp(user);
            if (step <= totp.LastStep)
            {
                return UsedTotp(user!);
            }

            next = GuessRules.Right(next! with { Totp = totp with { LastStep = step } }, GuessedFactor.Totp, from);
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

            next = GuessRules.Right(next! with { RecoveryCodes = left.IsEmpty ? null : left }, GuessedFactor.RecoveryCode, from);
        }

        next = proven.OtpSms ? OtpRules.Proved(next, OtpChannel.Sms, from) : next;
        next = proven.OtpEmail ? OtpRules.Proved(next, OtpChannel.Email, from) : next;

        // A password alone, which may be stolen, makes no place known where a second factor is needed.
        return new Verdict(proven.ProvedInAll >= (UserRules.HasSecondFactor(next!) ? 2 : 1) ? GuessRules.LoggedIn(next!, from, lockout, now) : next!);
    }
}
