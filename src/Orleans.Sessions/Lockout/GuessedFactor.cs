using Orleans.Sessions.Users;

namespace Orleans.Sessions.Lockout;

/// <summary>
/// The factors that can be guessed: where the user's record keeps their wrong answers, and what is answered. Passkeys and security keys are none: they sign a
/// random challenge, so there is nothing to guess, and to count their failures would only give strangers a way to keep people out.
/// </summary>
/// <param name="Name">What it is called in the log and the audit trail.</param>
/// <param name="Limit">How many wrong answers in a row from one source block it; 0: it is never blocked.</param>
/// <param name="Blocked">The error while it is blocked.</param>
/// <param name="Get">Where the record keeps its wrong answers.</param>
/// <param name="Set">Puts them there.</param>
internal sealed record GuessedFactor(
    string Name,
    Func<LockoutOptions, int> Limit,
    SessionError Blocked,
    Func<UserRecord, FactorFailures?> Get,
    Func<UserRecord, FactorFailures?, UserRecord> Set)
{
    /// <summary>The password.</summary>
    public static readonly GuessedFactor Password = new(
        "password", options => options.MaxPasswordAttempts, SessionErrors.PasswordUserLocked,
        user => user.PasswordGuesses, (user, failures) => user with { PasswordGuesses = failures });

    /// <summary>The authenticator app.</summary>
    public static readonly GuessedFactor Totp = new(
        "totp", options => options.MaxOtpAttempts, SessionErrors.TotpUserLocked,
        user => user.TotpGuesses, (user, failures) => user with { TotpGuesses = failures });

    /// <summary>Codes by SMS.</summary>
    public static readonly GuessedFactor OtpSms = new(
        "otp_sms", options => options.MaxOtpAttempts, SessionErrors.OtpUserLocked,
        user => user.OtpSmsGuesses, (user, failures) => user with { OtpSmsGuesses = failures });

    /// <summary>Codes by e-mail.</summary>
    public static readonly GuessedFactor OtpEmail = new(
        "otp_email", options => options.MaxOtpAttempts, SessionErrors.OtpUserLocked,
        user => user.OtpEmailGuesses, (user, failures) => user with { OtpEmailGuesses = failures });

    /// <summary>The recovery codes.</summary>
    public static readonly GuessedFactor RecoveryCode = new(
        "recovery_code", options => options.MaxOtpAttempts, SessionErrors.RecoveryCodeUserLocked,
        user => user.RecoveryCodeGuesses, (user, failures) => user with { RecoveryCodeGuesses = failures });

    /// <summary>All of them.</summary>
    public static readonly GuessedFactor[] All = [Password, Totp, OtpSms, OtpEmail, RecoveryCode];
}
