using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Sessions.Codes;
using Orleans.Sessions.Instance;
using Orleans.Sessions.Lockout;
using Orleans.Sessions.Notifications;
using Orleans.Sessions.Passwords;
using Orleans.Sessions.Passwords.Guessable;
using Orleans.Sessions.Secrets;
using Orleans.Sessions.Storage;
using Orleans.Sessions.WebAuthn;

namespace Orleans.Sessions.Users;

/// <summary>
/// The services that all user grains of a silo share. One object in place of a reference to each keeps an activation small.
/// </summary>
internal sealed class UserServices(
    TimeProvider clock,
    IOptions<UserOptions> options,
    IOptions<LockoutOptions> lockout,
    IOptions<CodeOptions> codes,
    Notifier notifier,
    IUserDirectory directory,
    PasswordHashing hashing,
    PasswordPolicy passwordPolicy,
    GuessablePasswords guessable,
    SecretProtector secrets,
    InstanceAccessor instance,
    IdGenerator ids,
    IWebAuthnVerifier webAuthn,
    ILogger<UserGrain> log
)
{
    internal TimeProvider Clock => clock;

    internal UserOptions Options { get; } = options.Value;

    internal LockoutOptions Lockout { get; } = lockout.Value;

    internal CodeOptions Codes { get; } = codes.Value;

    internal Notifier Notifier => notifier;

    internal IUserDirectory Directory => directory;

    internal PasswordHashing Hashing => hashing;

    internal PasswordPolicy PasswordPolicy => passwordPolicy;

    internal GuessablePasswords Guessable => guessable;

    internal SecretProtector Secrets => secrets;

    internal InstanceIdentity Instance => instance.Identity;

    internal IdGenerator Ids => ids;

    internal IWebAuthnVerifier WebAuthn => webAuthn;

    internal ILogger Log => log;
}

internal static partial class UserLog
{
    [LoggerMessage(LogLevel.Warning, "The sessions of user {UserId} have not all ended yet; the sweeper tries again")]
    public static partial void EndingFailed(ILogger log, string userId, Exception exception);

    [LoggerMessage(LogLevel.Warning, "The sessions of user {UserId} were not told of a change; they notice it later")]
    public static partial void TellingFailed(ILogger log, string userId, Exception exception);

    [LoggerMessage(
        LogLevel.Warning,
        "The service could not hash the password of user {UserId} with the present settings; the next login tries again"
    )]
    public static partial void RehashFailed(ILogger log, string userId, Exception exception);

    [LoggerMessage(LogLevel.Error, "The stored password hash of user {UserId} is unusable")]
    public static partial void HashUnusable(ILogger log, string userId, Exception exception);

    [LoggerMessage(LogLevel.Warning, "The signature counter of key {KeyId} of user {UserId} went back; the key may be cloned")]
    public static partial void CloneSuspected(ILogger log, string keyId, string userId);

    [LoggerMessage(LogLevel.Warning, "User {UserId} is locked after too many failed checks")]
    public static partial void LockedOut(ILogger log, string userId);

    [LoggerMessage(
        LogLevel.Warning,
        "The {Factor} of user {UserId} is blocked for a while after {Failures} wrong answers, at least for the source of the last one"
    )]
    public static partial void Blocked(ILogger log, string userId, string factor, int failures);
}
