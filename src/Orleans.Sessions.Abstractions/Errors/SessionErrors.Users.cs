using static Orleans.Sessions.ErrorCode;

namespace Orleans.Sessions;

/// <content>Users.</content>
public static partial class SessionErrors
{
#pragma warning disable CS1591 // The rows are their own documentation.
    public static readonly SessionError UserIdTaken = new("COMMAND-7yiox1isql", FailedPrecondition, "User already exists");
    public static readonly SessionError UserNameTaken = new("V2-uniqueness", AlreadyExists, "User already exists");
    public static readonly SessionError UserNameCharacters = new(
        "USER-Name1",
        InvalidArgument,
        "username: a name can contain letters and digits of any script, ASCII punctuation and single spaces (RFC 8265, UsernameCaseMapped)"
    );
    public static readonly SessionError UserNameScripts = new(
        "USER-Name2",
        InvalidArgument,
        "username: a name cannot mix letters or digits of these scripts, because they look alike (UTS #39)"
    );
    public static readonly SessionError UserNameDirections = new(
        "USER-Name3",
        InvalidArgument,
        "username: a name cannot mix right-to-left and left-to-right text (RFC 5893)"
    );
    public static readonly SessionError IdCharacters = new(
        "USER-Id1",
        InvalidArgument,
        "userId, organizationId: an id cannot contain spaces or invisible characters, must be normalized (NFC), and cannot be . or .."
    );
    public static readonly SessionError PhoneInvalid = new(
        "PHONE-so0wa",
        InvalidArgument,
        "phone: a number must begin with + and the country code, such as +41791234567, and be possible in that country"
    );
    public static readonly SessionError EmailCharacters = new(
        "USER-Mail1",
        InvalidArgument,
        "email: an address cannot contain spaces or invisible characters"
    );
    public static readonly SessionError EmailNotVouchedFor = new(
        "USER-Mail2",
        PermissionDenied,
        "email: only a code that is sent to this address can verify it"
    );
    public static readonly SessionError EmailTaken = new("USER-Mail3", AlreadyExists, "email: another user has verified this address");
    public static readonly SessionError OrganizationTaken = new(
        "COMMAND-OrgEx",
        AlreadyExists,
        "An organization with this id or name already exists"
    );
    public static readonly SessionError TooManyOrganizations = new(
        "COMMAND-OrgMx",
        ResourceExhausted,
        "The installation has too many organizations"
    );
    public static readonly SessionError OrganizationNotFound = new("ORG-1MRds", NotFound, "Organization not found");
    public static readonly SessionError OrganizationNotChanged = new("EVENT-4VSdf", FailedPrecondition, "Organization not changed");
    public static readonly SessionError DeactivateOrganizationNotFound = new("ORG-oL9nT", NotFound, "Organization not found");
    public static readonly SessionError OrganizationAlreadyInactive = new(
        "EVENT-Dbs2g",
        FailedPrecondition,
        "Organization is already deactivated"
    );
    public static readonly SessionError ActivateOrganizationNotFound = new("ORG-Dgf3g", NotFound, "Organization not found");
    public static readonly SessionError OrganizationAlreadyActive = new(
        "EVENT-bfnrh",
        FailedPrecondition,
        "Organization is already active"
    );
    public static readonly SessionError DeleteOrganizationNotFound = new("COMMA-aps2n", NotFound, "Organization not found");
    public static readonly SessionError DefaultOrganizationNotDeletable = new(
        "COMMA-wG9p1",
        FailedPrecondition,
        "Default Organization must not be deleted"
    );
    public static readonly SessionError DefaultOrganizationStaysActive = new(
        "COMMAND-OrgDf",
        FailedPrecondition,
        "Default Organization must stay active"
    );
    public static readonly SessionError OrganizationInactive = new(
        "COMMAND-OrgIn",
        FailedPrecondition,
        "Organization is deactivated or deleted: nobody can become active in it"
    );
    public static readonly SessionError OrganizationSettling = new(
        "COMMAND-OrgWt",
        Unavailable,
        "The change of the organization is stored, but has not reached all its people yet: repeat the call to wait for it"
    );
    public static readonly SessionError OrganizationIdsDiffer = new(
        "COMMAND-OrgId",
        InvalidArgument,
        "organizationId, orgId: both are set and differ; orgId is deprecated"
    );
    public static readonly SessionError DomainInvalid = new(
        "ORG-R24hb",
        InvalidArgument,
        "Invalid domain: must be a DNS name of at least two labels, in ASCII (xn-- for other letters)"
    );
    public static readonly SessionError DomainExists = new("COMMA-Bd2jj", AlreadyExists, "Domain already exists");
    public static readonly SessionError DomainNotFound = new("ORG-GDfA3", NotFound, "Domain doesn't exist on organization");
    public static readonly SessionError TooManyDomains = new("COMMAND-OrgDm", ResourceExhausted, "The organization has 20 domains already");
    public static readonly SessionError DomainValidationInvalid = new("ORG-Gsw31", InvalidArgument, "Domain verification type is invalid");
    public static readonly SessionError ChallengeDomainNotFound = new("ORG-AGD31", NotFound, "Domain doesn't exist on organization");
    public static readonly SessionError VerifyDomainNotFound = new("ORG-Sjdi3", NotFound, "Domain doesn't exist on organization");
    public static readonly SessionError DomainAlreadyVerified = new("ORG-HGw21", FailedPrecondition, "Domain is already verified");
    public static readonly SessionError DomainChallengeMissing = new(
        "ORG-SFBB3",
        FailedPrecondition,
        "Domain verification not yet started"
    );
    public static readonly SessionError DomainNotProved = new("ORG-GH3s", InvalidArgument, "Domain verification failed");
    public static readonly SessionError DomainOfOther = new(
        "COMMAND-OrgDo",
        AlreadyExists,
        "Another organization has verified this domain"
    );
    public static readonly SessionError MetadataMissing = new("META-9mm2d", FailedPrecondition, "Metadata list is empty");
    public static readonly SessionError MetadataKeysMissing = new("META-9mw2d", FailedPrecondition, "Metadata list is empty");
    public static readonly SessionError MetadataInvalid = new("META-2ml0f", InvalidArgument, "Metadata is invalid: a value is empty");
    public static readonly SessionError MetadataKeyNotFound = new("META-2npds", NotFound, "Metadata key does not exist");
    public static readonly SessionError OrganizationUnknown = new("AUTH-Bs7Ds", PermissionDenied, "Organisation doesn't exist");
    public static readonly SessionError HashUnsupported = new("USER-oz74onzvqr", InvalidArgument, "Hash encoding is not supported");
    public static readonly SessionError HashTooCostly = new(
        "USER-Hash2",
        InvalidArgument,
        "This hash takes more memory or time to verify than this service allows"
    );
    public static readonly SessionError PasswordTooShort = new("DOMAIN-HuJf6", InvalidArgument, "Password is too short");
    public static readonly SessionError PasswordWithoutLower = new(
        "DOMAIN-co3Xw",
        InvalidArgument,
        "Password must contain a lower case letter"
    );
    public static readonly SessionError PasswordWithoutUpper = new(
        "DOMAIN-VoaRj",
        InvalidArgument,
        "Password must contain an upper case letter"
    );
    public static readonly SessionError PasswordWithoutDigit = new("DOMAIN-ZBv4H", InvalidArgument, "Password must contain a digit");
    public static readonly SessionError PasswordWithoutSymbol = new("DOMAIN-ZDLwA", InvalidArgument, "Password must contain a symbol");
    public static readonly SessionError PasswordCommon = new("SESSION-Pwd01", InvalidArgument, "Password is one of the most common ones");
    public static readonly SessionError PasswordOfNames = new(
        "SESSION-Pwd02",
        InvalidArgument,
        "Password consists mostly of names of the person, the organization or the product"
    );
    public static readonly SessionError PasswordBreached = new("SESSION-Pwd03", InvalidArgument, "Password appears in a known data breach");
    public static readonly SessionError PasswordUnchecked = new(
        "SESSION-Pwd04",
        Unavailable,
        "Password could not be compared with breached ones: try again"
    );
    public static readonly SessionError LockUserNotFound = new("COMMAND-450yxuqrh1", NotFound, "User could not be found");
    public static readonly SessionError LockUserNotActive = new("COMMAND-lgws8wtsqf", FailedPrecondition, "User is not active");
    public static readonly SessionError UnlockUserNotFound = new("COMMAND-x377t913pw", NotFound, "User could not be found");
    public static readonly SessionError UnlockUserNotLocked = new("COMMAND-olb9vb0oca", FailedPrecondition, "User is not locked");
    public static readonly SessionError DeactivateUserNotFound = new("COMMAND-5gp2p62iin", NotFound, "User could not be found");
    public static readonly SessionError DeactivateUserInitial = new(
        "COMMAND-gvx4kct9r2",
        FailedPrecondition,
        "User is initial: it can only be deleted"
    );
    public static readonly SessionError DeactivateUserAlready = new("COMMAND-5gunjw0cd7", FailedPrecondition, "User is already inactive");
    public static readonly SessionError ReactivateUserNotFound = new("COMMAND-9hy5kzbuk6", NotFound, "User could not be found");
    public static readonly SessionError ReactivateUserNotInactive = new("COMMAND-s5qqcz97hf", FailedPrecondition, "User is not inactive");
    public static readonly SessionError DeleteUserNotFound = new("COMMAND-bd4ir1mblj", NotFound, "User could not be found");
    public static readonly SessionError EmailUnchanged = new("COMMAND-Uch5e", FailedPrecondition, "Email has not changed");
    public static readonly SessionError EmailVerifiedAlready = new("COMMAND-Ev3rf", FailedPrecondition, "Email is already verified");
    public static readonly SessionError EmailCodeMissing = new("COMMAND-Ec0de", FailedPrecondition, "Code not found");
    public static readonly SessionError PhoneNotFound = new("COMMAND-Pn0ne", FailedPrecondition, "User has no phone number");
    public static readonly SessionError PhoneVerifiedAlready = new("COMMAND-Pv3rf", FailedPrecondition, "Phone is already verified");
    public static readonly SessionError PhoneCodeMissing = new("COMMAND-Pc0de", FailedPrecondition, "Code not found");
    public static readonly SessionError InviteUserNotFound = new("COMMAND-Iu5er", FailedPrecondition, "User could not be found");
    public static readonly SessionError InviteUserInitialised = new("COMMAND-Iin1t", FailedPrecondition, "User is already initialised");
    public static readonly SessionError InviteCodeMissing = new("COMMAND-Ic0de", FailedPrecondition, "Code not found");
    public static readonly SessionError PasswordResetUserNotFound = new("COMMAND-SAF4f", FailedPrecondition, "User could not be found");
    public static readonly SessionError PasswordResetUserInitial = new("COMMAND-Sfe4g", FailedPrecondition, "User is not initialised");
    public static readonly SessionError SetPasswordUserNotFound = new("COMMAND-G8dh3", FailedPrecondition, "User could not be found");
    public static readonly SessionError SetPasswordUserInitial = new("COMMAND-M9dse", FailedPrecondition, "User is not initialised");
    public static readonly SessionError SetPasswordNotSet = new("COMMAND-Fds3s", FailedPrecondition, "User has not set a password");
    public static readonly SessionError SetPasswordUnchanged = new(
        "COMMAND-Aesh5",
        FailedPrecondition,
        "New password is the same as the old one"
    );
    public static readonly SessionError SetPasswordCodeMissing = new("COMMAND-2M9fs", FailedPrecondition, "Password reset code not found");
    public static readonly SessionError TotpAlreadyReady = new(
        "COMMAND-do9se",
        AlreadyExists,
        "Multifactor OTP (OneTimePassword) is already set up"
    );
    public static readonly SessionError TotpRegisterUserNotFound = new("COMMAND-5M0sd", FailedPrecondition, "User could not be found");
    public static readonly SessionError TotpNonePending = new(
        "COMMAND-3Mif9s",
        NotFound,
        "Multifactor OTP (OneTimePassword) doesn't exist"
    );
    public static readonly SessionError TotpVerifiedAlready = new(
        "COMMAND-qx4ls",
        AlreadyExists,
        "Multifactor OTP (OneTimePassword) is already set up"
    );
    public static readonly SessionError TotpNone = new("COMMAND-Hd9sd", NotFound, "Multifactor OTP (OneTimePassword) doesn't exist");
    public static readonly SessionError TotpSecretInvalid = new(
        "COMMAND-Ts3cr",
        InvalidArgument,
        "TOTP secret must be base32 of 10 to 64 bytes"
    );
    public static readonly SessionError RecoveryCodeCountInvalid = new("COMMAND-7c0nx", InvalidArgument, "Count must be 1 to 10");
    public static readonly SessionError TooManyRecoveryCodes = new(
        "COMMAND-8f2k9",
        AlreadyExists,
        "A user can have at most 10 recovery codes"
    );
    public static readonly SessionError RecoveryCodeGenerateLocked = new("COMMAND-l2n9r", FailedPrecondition, "User is locked");
    public static readonly SessionError RecoveryCodeRemoveLocked = new("COMMAND-d9u8q", FailedPrecondition, "User is locked");
    public static readonly SessionError SkipMfaUserNotFound = new("COMMAND-auj6jeBei4", NotFound, "User could not be found");
    public static readonly SessionError PasskeyCodeInvalid = new("COMMAND-Eeb2a", InvalidArgument, "Code is invalid");
    public static readonly SessionError WebAuthnKeyNotFound = new("COMMAND-DAfb2", NotFound, "WebAuthN Token could not be found");
    public static readonly SessionError WebAuthnRegistrationUnreadable = new("WEBAU-sEr8c", InvalidArgument, "Error on parsing credential");
    public static readonly SessionError WebAuthnRegistrationInvalid = new("WEBAU-3Vb9s", InvalidArgument, "Error on creating credential");
    public static readonly SessionError TooManyWebAuthnKeys = new(
        "COMMAND-Wan50",
        ResourceExhausted,
        "User has too many passkeys and security keys"
    );
    public static readonly SessionError OtpSmsAlready = new(
        "COMMAND-Ad3g2",
        AlreadyExists,
        "Multifactor OTP (OneTimePassword) is already set up"
    );
    public static readonly SessionError OtpSmsPhoneUnverified = new("COMMAND-Q54j2", FailedPrecondition, "Phone is not verified");
    public static readonly SessionError OtpSmsNone = new("COMMAND-Sr3h3", NotFound, "Multifactor OTP (OneTimePassword) doesn't exist");
    public static readonly SessionError OtpEmailAlready = new(
        "COMMAND-MKL2s",
        AlreadyExists,
        "Multifactor OTP (OneTimePassword) is already set up"
    );
    public static readonly SessionError OtpEmailUnverified = new("COMMAND-KLJ2d", FailedPrecondition, "Email is not verified");
    public static readonly SessionError OtpEmailNone = new("COMMAND-b312D", NotFound, "Multifactor OTP (OneTimePassword) doesn't exist");
    public static readonly SessionError NotMachine = new("COMMAND-bs3fj", FailedPrecondition, "User is not a machine");
    public static readonly SessionError TokenExpirationInvalid = new(
        "COMMAND-Exp1r",
        InvalidArgument,
        "Expiration date must be in the future"
    );
    public static readonly SessionError PersonalAccessTokenNotFound = new("COMMAND-4m77G", NotFound, "Token not found");
    public static readonly SessionError TooManyTokens = new("COMMAND-Tok50", ResourceExhausted, "User has too many personal access tokens");
    public static readonly SessionError OwnState = new(
        "COMMAND-Own01",
        PermissionDenied,
        "Users cannot lock, unlock, deactivate or reactivate themselves"
    );
    public static readonly SessionError OwnLastRight = new("COMMAND-Own02", PermissionDenied, "Users cannot remove their own last role");
    public static readonly SessionError LastOwner = new(
        "COMMAND-Own03",
        FailedPrecondition,
        "This is the last active user with IAM_OWNER and a credential: the user must stay active and keep the role and a credential"
    );
    public static readonly SessionError RoleUnknown = new(
        "COMMAND-m8fSs",
        InvalidArgument,
        "Role is not known or not valid for this resource"
    );
    public static readonly SessionError AdministratorExists = new(
        "COMMAND-ERB4q",
        AlreadyExists,
        "User is already an administrator of this resource"
    );
    public static readonly SessionError AdministratorNotFound = new("COMMAND-D8JxR", NotFound, "Administrator not found");
#pragma warning restore CS1591
}
