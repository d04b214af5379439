using System.Collections.Immutable;
using Orleans.Sessions.Codes;
using Orleans.Sessions.Lockout;
using Orleans.Sessions.Notifications;

namespace Orleans.Sessions.Users;

/// <summary>
/// The codes a user may have, at most one of each kind: what they prove, where the record stores them, and how they are judged. Pure
/// functions.
/// </summary>
/// <param name="Name">The purpose, which is part of the hash.</param>
/// <param name="Notification">The message that carries it.</param>
/// <param name="Missing">The error if no such code is pending.</param>
/// <param name="Lifetime">How long the code is valid.</param>
/// <param name="Get">Reads the code from the record.</param>
/// <param name="Set">Stores the code in the record.</param>
internal sealed record UserCode(
    string Name,
    NotificationKind Notification,
    SessionError Missing,
    Func<CodeOptions, TimeSpan> Lifetime,
    Func<UserRecord, StoredCode?> Get,
    Func<UserRecord, StoredCode?, UserRecord> Set
)
{
    /// <summary>
    /// After this many wrong tries the code is void. A code of six characters has two billion values, so ten tries do not help a guesser.
    /// </summary>
    private const int MaxFailures = 10;

    /// <summary>Proves the e-mail address.</summary>
    public static readonly UserCode Email = new(
        "email",
        NotificationKind.VerifyEmail,
        SessionErrors.EmailCodeMissing,
        options => options.VerificationLifetime,
        user => user.EmailCode,
        (user, code) => user with { EmailCode = code }
    );

    /// <summary>Proves the phone number.</summary>
    public static readonly UserCode Phone = new(
        "phone",
        NotificationKind.VerifyPhone,
        SessionErrors.PhoneCodeMissing,
        options => options.VerificationLifetime,
        user => user.PhoneCode,
        (user, code) => user with { PhoneCode = code }
    );

    /// <summary>Resets the password.</summary>
    public static readonly UserCode Password = new(
        "password",
        NotificationKind.PasswordReset,
        SessionErrors.SetPasswordCodeMissing,
        options => options.VerificationLifetime,
        user => user.PasswordCode,
        (user, code) => user with { PasswordCode = code }
    );

    /// <summary>Accepts an invitation.</summary>
    public static readonly UserCode Invite = new(
        "invite",
        NotificationKind.Invite,
        SessionErrors.InviteCodeMissing,
        options => options.InviteLifetime,
        user => user.InviteCode,
        (user, code) => user with { InviteCode = code }
    );

    /// <summary>
    /// If the code is right, returns the user without it. If it is wrong, counts the wrong try. <paramref name="matches"/> compares the
    /// code with the stored hash. An expired code is not a guess and does not count.
    /// </summary>
    public Verdict Judge(UserRecord user, Func<ImmutableArray<byte>, bool> matches, DateTimeOffset now, TarpitOptions tarpit)
    {
        if (Get(user) is not { } stored)
        {
            return new Verdict(user, new SessionException(Missing));
        }

        if (stored.ExpiresAt <= now)
        {
            return new Verdict(user, new SessionException(SessionErrors.CodeExpired));
        }

        if (matches(stored.Hash))
        {
            return new Verdict(Set(user, null));
        }

        var failures = stored.Failures + 1;
        return new Verdict(
            Set(user, failures < MaxFailures ? stored with { Failures = failures } : null),
            new SessionException(SessionErrors.CodeInvalid) { AnswerDelay = tarpit.DelayFor(failures) }
        );
    }
}
