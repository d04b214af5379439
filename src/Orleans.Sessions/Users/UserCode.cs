using System.Collections.Immutable;
using Orleans.Sessions.Codes;
using Orleans.Sessions.Lockout;
using Orleans.Sessions.Notifications;

namespace Orleans.Sessions.Users;

/// <summary>A code that a user waits for.</summary>
/// <param name="Hash">The keyed hash of the code.</param>
/// <param name="ExpiresAt">When it is void.</param>
/// <param name="Failures">How many wrong ones were tried.</param>
/// <param name="UrlTemplate">The link it was sent with, for sending again.</param>
/// <param name="ApplicationName">What it invites to, for sending again.</param>
public sealed record StoredCode(
    ImmutableArray<byte> Hash, DateTimeOffset ExpiresAt, int Failures = 0, string? UrlTemplate = null, string? ApplicationName = null);

/// <summary>The codes a user may have, one of each: what they prove, where the record has them, and how they are judged. Pure functions.</summary>
/// <param name="Name">What the hash holds for.</param>
/// <param name="Notification">The message that carries it.</param>
/// <param name="Missing">The error when there is none.</param>
/// <param name="Lifetime">How long it is good.</param>
/// <param name="Get">Where the record has it.</param>
/// <param name="Set">Puts it there.</param>
internal sealed record UserCode(
    string Name,
    NotificationKind Notification,
    SessionError Missing,
    Func<CodeOptions, TimeSpan> Lifetime,
    Func<UserRecord, StoredCode?> Get,
    Func<UserRecord, StoredCode?, UserRecord> Set)
{
    /// <summary>So many wrong tries void a code: six characters have two thousand million values, of which this is nothing.</summary>
    private const int MaxFailures = 10;

    /// <summary>Proves the e-mail address.</summary>
    public static readonly UserCode Email = new(
        "email", NotificationKind.VerifyEmail, SessionErrors.EmailCodeMissing, options => options.VerificationLifetime,
        user => user.EmailCode, (user, code) => user with { EmailCode = code });

    /// <summary>Proves the phone number.</summary>
    public static readonly UserCode Phone = new(
        "phone", NotificationKind.VerifyPhone, SessionErrors.PhoneCodeMissing, options => options.VerificationLifetime,
        user => user.PhoneCode, (user, code) => user with { PhoneCode = code });

    /// <summary>Resets the password.</summary>
    public static readonly UserCode Password = new(
        "password", NotificationKind.PasswordReset, SessionErrors.SetPasswordCodeMissing, options => options.VerificationLifetime,
        user => user.PasswordCode, (user, code) => user with { PasswordCode = code });

    /// <summary>Takes an invitation up.</summary>
    public static readonly UserCode Invite = new(
        "invite", NotificationKind.Invite, SessionErrors.InviteCodeMissing, options => options.InviteLifetime,
        user => user.InviteCode, (user, code) => user with { InviteCode = code });

    /// <summary>
    /// The user without the code, if a code is the one that is waited for (<paramref name="matches"/> compares it with the stored hash); otherwise
    /// what a wrong one costs. An expired code is no guess and costs nothing.
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
            new SessionException(SessionErrors.CodeInvalid) { AnswerDelay = tarpit.DelayFor(failures) });
    }
}
