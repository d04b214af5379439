using static Orleans.Sessions.ErrorCode;

namespace Orleans.Sessions;

/// <content>Sessions, their checks and their challenges.</content>
public static partial class SessionErrors
{
#pragma warning disable CS1591 // The rows are their own documentation.
    // Sessions.
    public static readonly SessionError SessionNotFound = new("QUERY-SFeaa", NotFound, "Session does not exist");
    public static readonly SessionError SessionTokenDenied = new("QUERY-dsfr3", PermissionDenied, "Permission denied");
    public static readonly SessionError SessionTokenInvalid = new("COMMAND-sGr42", PermissionDenied, "Session Token is invalid");
    public static readonly SessionError SessionExpired = new("COMMAND-Hkl3d", FailedPrecondition, "Session has expired");
    public static readonly SessionError SessionTerminated = new("COMMAND-Hewfq", FailedPrecondition, "Session already terminated");
    public static readonly SessionError SessionUserChange = new("", InvalidArgument, "user change not possible");
    public static readonly SessionError SessionChanged = new(
        "SESSION-Seq01",
        FailedPrecondition,
        "Session has changed since the expected sequence"
    );
    public static readonly SessionError ExpectedSequenceInvalid = new(
        "SESSION-Seq02",
        InvalidArgument,
        "X-Expected-Sequence must be a number"
    );
    public static readonly SessionError DeviceNameInvalid = new(
        "SESSION-Name1",
        InvalidArgument,
        "name: a device's name can have at most 100 characters, and not only spaces or control characters"
    );
    public static readonly SessionError UserAgentTooLarge = new("SESSION-Agent", InvalidArgument, "User agent is limited to 32 KiB");
    public static readonly SessionError MetadataTooLarge = new(
        "SESSION-Meta1",
        InvalidArgument,
        "Metadata is limited to 100 keys and 64 KiB"
    );
    public static readonly SessionError IdempotencyKeyInvalid = new(
        "SESSION-Idem1",
        InvalidArgument,
        "Idempotency-Key must have 1 to 200 characters"
    );
    public static readonly SessionError IdempotencyKeyReused = new(
        "SESSION-Idem2",
        FailedPrecondition,
        "Idempotency-Key was used with another request"
    );

    // Checks.
    public static readonly SessionError FactorNotAllowed = new(
        "SESSION-Pol01",
        FailedPrecondition,
        "The login policy does not allow this factor"
    );
    public static readonly SessionError PasswordOutdated = new(
        "SESSION-Pol02",
        PermissionDenied,
        "The user must change the password before it counts as a login"
    );
    public static readonly SessionError UserNotFound = new("QUERY-Dfbg2", NotFound, "User could not be found");
    public static readonly SessionError UserNotActive = new("SESSION-Gj4ko", FailedPrecondition, "User is not active");
    public static readonly SessionError PasswordUserMissing = new("COMMAND-Sfw3f", FailedPrecondition, "User ID missing");
    public static readonly SessionError PasswordUserGone = new("COMMAND-3n77z", FailedPrecondition, "User could not be found");
    public static readonly SessionError PasswordUserLocked = new("COMMAND-JLK35", FailedPrecondition, "User is locked");
    public static readonly SessionError PasswordNotSet = new("COMMAND-3nJ4t", FailedPrecondition, "User has not set a password");
    public static readonly SessionError PasswordLockedMeanwhile = new("COMMAND-SFA3t", FailedPrecondition, "User is locked");
    public static readonly SessionError PasswordInvalid = new("COMMAND-3M0fs", InvalidArgument, "Password is invalid");
    public static readonly SessionError PasswordHashUnusable = new("COMMAND-CahN2", ErrorCode.Internal, "An internal error occurred");
    public static readonly SessionError PasswordHashTooCostly = new(
        "COMMAND-Hash2",
        FailedPrecondition,
        "The stored password hash takes more memory or time to verify than this service allows: set the password again"
    );
    public static readonly SessionError TotpUserMissing = new("COMMAND-8N9ds", InvalidArgument, "User ID missing");
    public static readonly SessionError TotpNotReady = new(
        "COMMAND-3Mif9s",
        FailedPrecondition,
        "Multifactor OTP (OneTimePassword) isn't ready"
    );
    public static readonly SessionError TotpUserLocked = new("COMMAND-SF3fg", FailedPrecondition, "User is locked");
    public static readonly SessionError TotpInvalid = new("EVENT-8isk2", InvalidArgument, "Invalid code");
    public static readonly SessionError TotpUsed = new(
        "EVENT-8isk2",
        InvalidArgument,
        "This code or a later one was used already: wait for the next one"
    );
    public static readonly SessionError RecoveryCodeUserMissing = new("COMMAND-4m9s2", InvalidArgument, "User ID missing");
    public static readonly SessionError RecoveryCodeUserLocked = new("COMMAND-2w6oa", FailedPrecondition, "User is locked");
    public static readonly SessionError RecoveryCodeLockedMeanwhile = new("COMMAND-ASV12", FailedPrecondition, "User is locked");
    public static readonly SessionError RecoveryCodesNone = new(
        "COMMAND-84rgg",
        FailedPrecondition,
        "Recovery codes are not ready for use"
    );
    public static readonly SessionError RecoveryCodeInvalid = new("DOMAIN-6uvh0", InvalidArgument, "Invalid recovery code provided");
    public static readonly SessionError WebAuthnChallengeMissing = new(
        "COMMAND-Ioqu5",
        FailedPrecondition,
        "Session without WebAuthN challenge"
    );
    public static readonly SessionError WebAuthnUserMissing = new("COMMAND-eeR2e", FailedPrecondition, "User ID missing");
    public static readonly SessionError WebAuthnUserNotActive = new("COMMAND-Df4b3", FailedPrecondition, "User could not be found");
    public static readonly SessionError WebAuthnDomainInvalid = new(
        "WEBAU-UX9ta",
        InvalidArgument,
        "Domain must be a host name without scheme, port and path"
    );
    public static readonly SessionError WebAuthnNoCredential = new("WEBAU-4G8sw", FailedPrecondition, "WebAuthN begin login failed");
    public static readonly SessionError WebAuthnUnreadable = new("WEBAU-ADgv4", InvalidArgument, "Error on validate login credentials");
    public static readonly SessionError WebAuthnInvalid = new("WEBAU-3M9si", InvalidArgument, "Error on validate login credentials");
    public static readonly SessionError WebAuthnCredentialUnknown = new(
        "COMMAND-Aej7i",
        FailedPrecondition,
        "WebAuthN Token could not be found"
    );
    public static readonly SessionError OtpUserMissing = new("COMMAND-S453v", InvalidArgument, "User ID missing");
    public static readonly SessionError OtpCodeEmpty = new("COMMAND-SJl2g", InvalidArgument, "Code is empty");
    public static readonly SessionError OtpNotReady = new(
        "COMMAND-d2r52",
        FailedPrecondition,
        "Multifactor OTP (OneTimePassword) isn't ready"
    );
    public static readonly SessionError OtpCodeMissing = new("COMMAND-S34gh", FailedPrecondition, "Code not found");
    public static readonly SessionError OtpUserLocked = new("COMMAND-S6h4R", FailedPrecondition, "User is locked");
    public static readonly SessionError CodeExpired = new("CODE-QvUQ4P", FailedPrecondition, "Code is expired");
    public static readonly SessionError CodeInvalid = new("CODE-woT0xc", InvalidArgument, "Code is invalid");
    public static readonly SessionError HashingBusy = new(
        "SESSION-Busy1",
        ResourceExhausted,
        "Too many password checks are running: try again later"
    );

    // Challenges.
    public static readonly SessionError OtpSmsChallengeUserMissing = new("COMMAND-JKL3g", FailedPrecondition, "User ID missing");
    public static readonly SessionError OtpSmsChallengeNotReady = new(
        "COMMAND-BJ2g3",
        FailedPrecondition,
        "Multifactor OTP (OneTimePassword) isn't ready"
    );
    public static readonly SessionError OtpEmailChallengeUserMissing = new("COMMAND-JK3gp", FailedPrecondition, "User ID missing");
    public static readonly SessionError OtpEmailChallengeNotReady = new(
        "COMMAND-JKLJ3",
        FailedPrecondition,
        "Multifactor OTP (OneTimePassword) isn't ready"
    );
#pragma warning restore CS1591
}
