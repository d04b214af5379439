using Orleans.Sessions.Lockout;
using Orleans.Sessions.Notifications;
using Orleans.Sessions.Users;

namespace Orleans.Sessions.Otp;

/// <summary>Codes by SMS and e-mail as factors of a user. Pure functions.</summary>
internal static class OtpRules
{
    /// <summary>Whether the factor is set up and its number or address is verified.</summary>
    public static bool IsReady(UserRecord? user, OtpChannel channel) => IsSetUp(user, channel) && IsReachable(user!, channel);

    /// <summary>The user with the factor. Fails with <c>Ad3g2</c>, <c>MKL2s</c>, <c>Q54j2</c> or <c>KLJ2d</c>.</summary>
    public static UserRecord Add(UserRecord user, OtpChannel channel, DateTimeOffset now)
    {
        var isSms = channel == OtpChannel.Sms;
        if (IsSetUp(user, channel))
        {
            throw new SessionException(isSms ? SessionErrors.OtpSmsAlready : SessionErrors.OtpEmailAlready);
        }

        if (!IsReachable(user, channel))
        {
            throw new SessionException(isSms ? SessionErrors.OtpSmsPhoneUnverified : SessionErrors.OtpEmailUnverified);
        }

        user = GuessRules.Forgotten(user, OtpFactor.GuessesOf(channel));
        return isSms ? user with { OtpSmsAddedAt = now } : user with { OtpEmailAddedAt = now };
    }

    /// <summary>The user without the factor. Fails with <c>Sr3h3</c> or <c>b312D</c>.</summary>
    public static UserRecord Remove(UserRecord user, OtpChannel channel)
    {
        var isSms = channel == OtpChannel.Sms;
        if (!IsSetUp(user, channel))
        {
            throw new SessionException(isSms ? SessionErrors.OtpSmsNone : SessionErrors.OtpEmailNone);
        }

        user = GuessRules.Forgotten(user, OtpFactor.GuessesOf(channel));
        return isSms ? user with { OtpSmsAddedAt = null } : user with { OtpEmailAddedAt = null };
    }

    /// <summary>The recipient of a code. Fails with <c>BJ2g3</c>, <c>JKLJ3</c> or <c>Gj4ko</c>.</summary>
    public static NotificationUser Recipient(UserRecord? user, OtpChannel channel)
    {
        if (!IsReady(user, channel))
        {
            throw new SessionException(
                channel == OtpChannel.Sms ? SessionErrors.OtpSmsChallengeNotReady : SessionErrors.OtpEmailChallengeNotReady
            );
        }

        return user!.State is UserState.Active or UserState.Initial
            ? UserRules.Recipient(user)
            : throw new SessionException(SessionErrors.UserNotActive);
    }

    /// <summary>
    /// The cost of an attempt. Fails with <c>d2r52</c>, <c>S34gh</c>, <c>S6h4R</c> or <c>Gj4ko</c>. Wrong and expired codes count; each
    /// kind of code counts separately.
    /// </summary>
    public static Verdict Judge(
        UserRecord? user,
        OtpChannel channel,
        OtpAttempt attempt,
        AnswerSource from,
        LockoutOptions lockout,
        DateTimeOffset now
    )
    {
        EnsureReady(user, channel);
        if (attempt == OtpAttempt.Unexpected)
        {
            throw new SessionException(SessionErrors.OtpCodeMissing);
        }

        EnsureNotLocked(user!);
        GuessRules.EnsureOpen(user!, OtpFactor.GuessesOf(channel), from, lockout, now);
        return attempt == OtpAttempt.Right
            ? new Verdict(user!)
            : GuessRules.Wrong(
                user!,
                OtpFactor.GuessesOf(channel),
                from,
                lockout,
                now,
                attempt == OtpAttempt.Expired ? SessionErrors.CodeExpired : SessionErrors.CodeInvalid
            );
    }

    /// <summary>The user once a right code counts. Fails if the user was locked meanwhile.</summary>
    public static UserRecord Proved(UserRecord? user, OtpChannel channel, AnswerSource from)
    {
        EnsureReady(user, channel);
        EnsureNotLocked(user!);
        return GuessRules.Right(user!, OtpFactor.GuessesOf(channel), from);
    }

    /// <summary>Whether the person has the factor, ready or not.</summary>
    public static bool IsSetUp(UserRecord? user, OtpChannel channel) =>
        (channel == OtpChannel.Sms ? user?.OtpSmsAddedAt : user?.OtpEmailAddedAt) is not null;

    private static bool IsReachable(UserRecord user, OtpChannel channel) =>
        channel == OtpChannel.Sms ? user.Phone is { IsVerified: true } : user.Email is { IsVerified: true };

    private static void EnsureReady(UserRecord? user, OtpChannel channel)
    {
        if (!IsReady(user, channel))
        {
            throw new SessionException(SessionErrors.OtpNotReady);
        }
    }

    private static void EnsureNotLocked(UserRecord user)
    {
        if (user.State is UserState.Locked or UserState.Inactive)
        {
            throw new SessionException(user.State == UserState.Locked ? SessionErrors.OtpUserLocked : SessionErrors.UserNotActive);
        }
    }
}
