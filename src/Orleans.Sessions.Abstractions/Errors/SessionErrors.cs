using static Orleans.Sessions.ErrorCode;

namespace Orleans.Sessions;

/// <summary>
/// Every error of this service, in one table: id, code, text. Clients check for the ids, so the id of a row never changes.
/// </summary>
public static partial class SessionErrors
{
#pragma warning disable CS1591 // The rows are their own documentation.
    // Callers: authentication and permission.
    public static readonly SessionError AuthorizationMissing = new("", Unauthenticated, "auth header missing");
    public static readonly SessionError AuthorizationInvalid = new("AUTH-toLo1", Unauthenticated, "invalid auth header");
    public static readonly SessionError TokenInvalid = new("AUTH-7fs1e", Unauthenticated, "Errors.Token.Invalid");
    public static readonly SessionError TokenAudienceInvalid = new("APP-Zxfako", Unauthenticated, "invalid audience");
    public static readonly SessionError PermissionMissing = new("AUTH-AWfge", PermissionDenied, "No matching permissions found");
    public static readonly SessionError BearerSessionMissing = new("QUERY-SFeaa", Unauthenticated, "Errors.Session.NotExisting");
    public static readonly SessionError BearerTokenStale = new("QUERY-dsfr3", Unauthenticated, "Errors.PermissionDenied");
    public static readonly SessionError BearerSessionExpired = new("AUTHZ-EGDo3", Unauthenticated, "session expired");
    public static readonly SessionError BearerFactorMissing = new("AUTHZ-Kl3p0", PermissionDenied, "authentication required");
    public static readonly SessionError BearerProofTooOld = new(
        "AUTHZ-Prf01",
        PermissionDenied,
        "insufficient_user_authentication: prove a factor again before you change your own account"
    );
    public static readonly SessionError BearerMfaMissing = new("AUTHZ-Kl3p0", PermissionDenied, "mfa required");

    // Tokens that are bound to a key (RFC 9449).
    public static readonly SessionError DpopProofMissing = new("AUTH-Dpop1", Unauthenticated, "A DPoP proof is required: one header DPoP");
    public static readonly SessionError DpopProofUnreadable = new(
        "AUTH-Dpop2",
        Unauthenticated,
        "The DPoP proof must be a JWT of the type dpop+jwt with at most 4096 characters"
    );
    public static readonly SessionError DpopKeyInvalid = new(
        "AUTH-Dpop3",
        Unauthenticated,
        "The DPoP proof must name alg ES256, ES384, RS256 or PS256, and a public jwk of that kind. RSA keys have 2048 to 4096 bits"
    );
    public static readonly SessionError DpopClaimMissing = new(
        "AUTH-Dpop4",
        Unauthenticated,
        "The DPoP proof must have jti (1 to 200 characters), htm, htu and iat"
    );
    public static readonly SessionError DpopOtherRequest = new(
        "AUTH-Dpop5",
        Unauthenticated,
        "The DPoP proof must name the method (htm) and the address (htu) of this request"
    );
    public static readonly SessionError DpopProofOld = new(
        "AUTH-Dpop6",
        Unauthenticated,
        "The DPoP proof was made too long ago or in the future (iat): make a new one, or set the clock"
    );
    public static readonly SessionError DpopOtherToken = new(
        "AUTH-Dpop7",
        Unauthenticated,
        "The DPoP proof must have the hash of the access token (ath)"
    );
    public static readonly SessionError DpopSignatureInvalid = new(
        "AUTH-Dpop8",
        Unauthenticated,
        "The DPoP proof is not signed with the key that it names (jwk)"
    );
    public static readonly SessionError DpopProofUsed = new(
        "AUTH-Dpop9",
        Unauthenticated,
        "The DPoP proof was used before (jti): make a new one for each request"
    );
    public static readonly SessionError DpopNonceMissing = new(
        "AUTH-DpopN",
        Unauthenticated,
        "The DPoP proof must have the nonce that the header DPoP-Nonce of this answer names"
    );
    public static readonly SessionError TokenBoundToKey = new(
        "AUTH-DpopB",
        Unauthenticated,
        "The token is bound to a key: send it as DPoP, with a proof of that key"
    );
    public static readonly SessionError TokenKeyOther = new(
        "AUTH-DpopK",
        Unauthenticated,
        "The code or token is not bound to the key of the DPoP proof"
    );
    public static readonly SessionError CertificateMissing = new(
        "AUTH-Mtls1",
        InvalidArgument,
        "The client must show a TLS client certificate, because its tokens are bound to one"
    );
    public static readonly SessionError CertificateUnreadable = new(
        "AUTH-Mtls2",
        InvalidArgument,
        "The header with the client certificate must have one certificate of at most 16384 characters, by RFC 9440 or as " + "escaped PEM"
    );
    public static readonly SessionError TokenBoundToCertificate = new(
        "AUTH-MtlsB",
        Unauthenticated,
        "The token is bound to a certificate: send it on a connection with that client certificate"
    );

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

    // Messages.
    public static readonly SessionError UrlTemplateInvalid = new(
        "DOMAIN-oGh5e",
        InvalidArgument,
        "URL Template is invalid: it must be an absolute http or https URL of at most 200 characters with placeholders such as {{.Code}}"
    );
    public static readonly SessionError UrlTemplateForeign = new(
        "DOMAIN-oGh5e",
        InvalidArgument,
        "URL Template must be an https URL (http only on loopback) at a registered origin"
    );
    public static readonly SessionError UrlTemplateFieldUnknown = new(
        "DOMAIN-ieYa7",
        InvalidArgument,
        "URL Template is invalid: its placeholders can be {{.Code}}, {{.UserID}}, {{.OrgID}}, and {{.CodeID}} for passkeys"
    );
    public static readonly SessionError ChallengeTemplateFieldUnknown = new(
        "DOMAIN-ieYa7",
        InvalidArgument,
        "URL Template is invalid: its placeholders can be {{.Code}}, {{.UserID}}, {{.LoginName}}, {{.DisplayName}}, "
            + "{{.PreferredLanguage}}, {{.SessionID}}"
    );
    public static readonly SessionError EmailChannelMissing = new(
        "MAIL-w8nfow",
        FailedPrecondition,
        "No e-mail channel is configured: use returnCode"
    );
    public static readonly SessionError SmsChannelMissing = new(
        "PHONE-w8nfow",
        FailedPrecondition,
        "No SMS channel is configured: use returnCode"
    );
    public static readonly SessionError CodesTooOften = new(
        "SESSION-Cool1",
        ResourceExhausted,
        "Codes for this user are requested too often: wait before the next request"
    );
    public static readonly SessionError TooManyMessagesForUser = new(
        "SESSION-Day01",
        ResourceExhausted,
        "This person has reached the daily limit of messages"
    );
    public static readonly SessionError TooManyMessages = new(
        "SESSION-Day02",
        ResourceExhausted,
        "This service has reached its daily limit of messages"
    );

    // Listing.
    public static readonly SessionError QueryMissing = new("GRPC-Sfefs", InvalidArgument, "List.Query.Invalid");
    public static readonly SessionError CreatorQueryInvalid = new("GRPC-x8n24uh", InvalidArgument, "List.Query.Invalid");
    public static readonly SessionError UserAgentQueryInvalid = new("GRPC-x8n23uh", InvalidArgument, "List.Query.Invalid");
    public static readonly SessionError ProvedQueryAlone = new(
        "QUERY-Prov1",
        InvalidArgument,
        "provedQuery: a search by proved factors needs userIdQuery or idsQuery"
    );
    public static readonly SessionError TooManyMachines = new(
        "QUERY-Mach1",
        InvalidArgument,
        "The search covers too many service accounts: name a user or an organization"
    );
    public static readonly SessionError LimitExceeded = new("QUERY-4M0fs", InvalidArgument, "Limit exceeded");
    public static readonly SessionError QueryTooComplex = new(
        "QUERY-Deep1",
        InvalidArgument,
        "queries: a search can have at most 20 conditions, including nested ones"
    );
    public static readonly SessionError QueryTooLong = new(
        "QUERY-Long1",
        InvalidArgument,
        "queries: the lists of a search can have at most 1000 values in total"
    );
    public static readonly SessionError SearchTooSlow = new(
        "QUERY-Slow1",
        Unavailable,
        "The database did not finish the search in time: narrow the search, or try again"
    );
    public static readonly SessionError CountTooSlow = new(
        "QUERY-Count1",
        FailedPrecondition,
        "Counting all matches takes too long: narrow the search, or do not ask for an exact total"
    );
    public static readonly SessionError SearchesTooMany = new(
        "QUERY-Busy1",
        ResourceExhausted,
        "Too many searches are running: try again later"
    );

    // Users.
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
        "This hash takes more memory or time to verify than Sessions:Passwords:HashMemoryMiB and HashTime allow"
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
    public static readonly SessionError WebAuthnAuthenticatorRefused = new(
        "COMMAND-Wan51",
        FailedPrecondition,
        "The relying party does not accept this authenticator: its model, or what it says about itself"
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

    // External identity providers.
    public static readonly SessionError ProviderSecretMissing = new(
        "COMMAND-idpSe",
        InvalidArgument,
        "A change of the issuer or of the token endpoint needs the client secret"
    );
    public static readonly SessionError ProviderNotFound = new("QUERY-SAFrt", NotFound, "Identity provider doesn't exist");
    public static readonly SessionError ProviderMissing = new("COMMAND-idpNf", NotFound, "Identity provider doesn't exist");
    public static readonly SessionError ProviderKindOther = new("COMMAND-idpNf", NotFound, "Identity provider is of another kind");
    public static readonly SessionError ProviderConfigured = new(
        "COMMAND-idpCf",
        FailedPrecondition,
        "The configuration defines this identity provider (Sessions:IdentityProviders): change it there"
    );
    public static readonly SessionError TooManyProviders = new("COMMAND-idpMx", ResourceExhausted, "Too many identity providers");
    public static readonly SessionError ProviderAway = new(
        "IDP-Upst1",
        Unavailable,
        "The identity provider is unreachable, or its answer is unusable"
    );
    public static readonly SessionError ProviderUnreachable = ProviderFailed("The identity provider cannot be reached");
    public static readonly SessionError ProviderIssuerOther = ProviderFailed(
        "The identity provider calls itself by another issuer than the registered one"
    );
    public static readonly SessionError ProviderAudienceOther = ProviderFailed(
        "The id token of the identity provider is for another client (aud)"
    );
    public static readonly SessionError ProviderTimeWrong = ProviderFailed(
        "The id token of the identity provider has expired, or is not valid yet (exp, nbf): the clocks may differ"
    );
    public static readonly SessionError ProviderSignatureWrong = ProviderFailed(
        "The id token of the identity provider is not signed with one of its published keys, by an algorithm that is accepted here"
    );
    public static readonly SessionError ProviderNonceOther = ProviderFailed(
        "The id token of the identity provider is of another login (nonce)"
    );
    public static readonly SessionError ProviderRefusedCode = ProviderFailed(
        "The identity provider refused the code of the login, or the client id or client secret of this service"
    );
    public static readonly SessionError IntentSuccessUrlInvalid = new(
        "COMMAND-x8j3bk",
        InvalidArgument,
        "Success URL must be an absolute http or https URL"
    );
    public static readonly SessionError IntentFailureUrlInvalid = new(
        "COMMAND-x8j4bk",
        InvalidArgument,
        "Failure URL must be an absolute http or https URL"
    );
    public static readonly SessionError IntentSuccessUrlForeign = new(
        "COMMAND-x8j3bk",
        InvalidArgument,
        "Success URL must be an https URL (http only on loopback) at a registered origin"
    );
    public static readonly SessionError IntentFailureUrlForeign = new(
        "COMMAND-x8j4bk",
        InvalidArgument,
        "Failure URL must be an https URL (http only on loopback) at a registered origin"
    );
    public static readonly SessionError IntentProviderMissing = new(
        "COMMAND-39n221fs",
        FailedPrecondition,
        "Identity provider doesn't exist"
    );
    public static readonly SessionError IntentStarted = new("IDP-Start", FailedPrecondition, "The login has already been started");
    public static readonly SessionError IntentStateMissing = new("IDP-Hk38e", InvalidArgument, "State of the login is missing");
    public static readonly SessionError IntentUnknown = new("IDP-gy3ctgkqe7", InvalidArgument, "Login is not known");
    public static readonly SessionError IntentNotStarted = new("IDP-Sfrgs", FailedPrecondition, "Login was finished already");
    public static readonly SessionError IntentLoginExpired = new("IDP-Exp1r", FailedPrecondition, "The login took too long");
    public static readonly SessionError IntentLoginRefused = new(
        "IDP-Refu1",
        FailedPrecondition,
        "The identity provider refused the login"
    );
    public static readonly SessionError IntentBrowserOther = new("IDP-Brws1", FailedPrecondition, "The login belongs to another browser");
    public static readonly SessionError IntentStarterOther = new("IDP-Strt1", PermissionDenied, "Another caller started the login");
    public static readonly SessionError IntentTokenEmpty = new("CRYPTO-Sfefs", PermissionDenied, "Intent Token is invalid");
    public static readonly SessionError IntentTokenNotEncoded = new("CRYPTO-Swg31", PermissionDenied, "Intent Token is invalid");
    public static readonly SessionError IntentTokenMalformed = new("CRYPTO-Sf4gt", PermissionDenied, "Intent Token is invalid");
    public static readonly SessionError IntentTokenWrong = new("CRYPTO-CRYPTO", PermissionDenied, "Intent Token is invalid");
    public static readonly SessionError IntentUserMissing = new("COMMAND-Sfw3r", FailedPrecondition, "User ID missing");
    public static readonly SessionError IntentNotSucceeded = new("COMMAND-Df4bw", FailedPrecondition, "Intent has not succeeded");
    public static readonly SessionError IntentExpired = new("COMMAND-SAf42", FailedPrecondition, "Intent has expired");
    public static readonly SessionError IntentOtherUser = new("COMMAND-O8xk3w", FailedPrecondition, "Intent meant for another user");
    public static readonly SessionError IntentUsedUp = new("IDP-nme4gszsvx", FailedPrecondition, "Intent has not succeeded");
    public static readonly SessionError IntentResultExpired = new("IDP-Afb2s", FailedPrecondition, "Intent has expired");
    public static readonly SessionError LinkUserNotFound = new("COMMAND-vzktar7b7f", FailedPrecondition, "User could not be found");
    public static readonly SessionError LinkProviderMissing = new("COMMAND-39nfs", FailedPrecondition, "Identity provider doesn't exist");
    public static readonly SessionError LinkNotAllowed = new(
        "COMMAND-Sfee2",
        FailedPrecondition,
        "Identity provider does not allow linking"
    );
    public static readonly SessionError LinkCreationNotAllowed = new(
        "COMMAND-SJI3g",
        FailedPrecondition,
        "Identity provider does not allow new users"
    );
    public static readonly SessionError LinkTaken = new("V2-idplink", AlreadyExists, "External identity is linked to another user");
    public static readonly SessionError LinkNotFound = new("COMMAND-1M9xR", NotFound, "Link doesn't exist");
    public static readonly SessionError TooManyLinks = new("COMMAND-Lnk20", ResourceExhausted, "User has too many links");

    // OpenID Connect: authorization requests, and the proofs that a login for them needs (terms of RFC 9470). ZITADEL's login page shows
    // a page for FAILED_PRECONDITION; other refusals of a request are the end of the login there.
    public static readonly SessionError AuthRequestUnknown = new("QUERY-Thee9", NotFound, "Auth Request could not be found");
    public static readonly SessionError AuthRequestMissing = new("COMMAND-jae5P", FailedPrecondition, "Auth Request does not exist");
    public static readonly SessionError AuthRequestHandled = new(
        "COMMAND-Sx208nt",
        FailedPrecondition,
        "Auth Request has already been handled"
    );
    public static readonly SessionError AuthRequestFailedAlready = new(
        "COMMAND-Sx202nt",
        FailedPrecondition,
        "Auth Request has already been handled"
    );
    public static readonly SessionError AuthRequestCodeUsed = new(
        "COMMAND-Iung5",
        FailedPrecondition,
        "Auth Request has no code, or it was used or has expired"
    );
    public static readonly SessionError LinkSessionMissing = new("COMMAND-Flk38", FailedPrecondition, "Session does not exist");
    public static readonly SessionError LinkUserNotActive = new("OIDCS-kj3g2", FailedPrecondition, "User is not active");
    public static readonly SessionError LinkFactorMissing = new(
        "OIDC-Acr01",
        FailedPrecondition,
        "insufficient_user_authentication: the session has proved no factor"
    );
    public static readonly SessionError LinkTooOld = new(
        "OIDC-Acr02",
        FailedPrecondition,
        "insufficient_user_authentication: the login is older than max_age: prove a factor again"
    );
    public static readonly SessionError LinkLoginWanted = new(
        "OIDC-Acr03",
        FailedPrecondition,
        "insufficient_user_authentication: the request asks for a new login (prompt=login, ForceAuthn): prove a factor again"
    );
    public static readonly SessionError LinkSecondFactorMissing = new(
        "OIDC-Acr04",
        FailedPrecondition,
        "insufficient_user_authentication: acr aal2 needs a second factor of another kind, or a passkey"
    );
    public static readonly SessionError LinkPasskeyMissing = new(
        "OIDC-Acr05",
        FailedPrecondition,
        "insufficient_user_authentication: acr phr needs a passkey, or a security key beside another factor"
    );
    public static readonly SessionError LinkHardwareKeyMissing = new(
        "OIDC-Acr10",
        FailedPrecondition,
        "insufficient_user_authentication: acr aal3 needs a key in certified hardware that verified the person, and that was used lately"
    );
    public static readonly SessionError LinkPolicyWantsMore = new(
        "OIDC-Acr06",
        FailedPrecondition,
        "insufficient_user_authentication: the login policy requires a second factor"
    );
    public static readonly SessionError LinkPasswordOutdated = new(
        "SESSION-Pol02",
        FailedPrecondition,
        "The user must change the password before it counts as a login"
    );
    public static readonly SessionError LinkOtherUser = new(
        "OIDC-Acr07",
        FailedPrecondition,
        "login_required: the request names another user (id_token_hint, Subject)"
    );
    public static readonly SessionError LinkEmailUnverified = new(
        "OIDC-Acr08",
        FailedPrecondition,
        "insufficient_user_authentication: the person must verify the e-mail address before a login"
    );
    public static readonly SessionError LinkMethodMissing = new(
        "OIDC-Acr09",
        PermissionDenied,
        "insufficient_user_authentication: the session has not proved all methods that were asked for"
    );
    public static readonly SessionError GrantSessionEnded = new("OIDC-Sess1", FailedPrecondition, "The session behind the grant has ended");
    public static readonly SessionError RefreshTokenInvalid = new(
        "OIDC-Rt001",
        FailedPrecondition,
        "The refresh token is unknown, used, revoked or expired"
    );
    public static readonly SessionError DeviceUnknown = new("COMMAND-D2hf2", NotFound, "Device Authorization could not be found");
    public static readonly SessionError DeviceHandled = new(
        "COMMAND-D30Jf",
        FailedPrecondition,
        "Device Authorization has already been handled"
    );
    public static readonly SessionError DevicePending = new("OIDC-Dev01", FailedPrecondition, "The person has not decided yet");
    public static readonly SessionError DeviceTooSoon = new(
        "OIDC-Dev02",
        FailedPrecondition,
        "The device asks too often: wait longer between two requests"
    );
    public static readonly SessionError DeviceDenied = new("OIDC-Dev03", FailedPrecondition, "The person has refused");
    public static readonly SessionError DeviceExpired = new("OIDC-Dev04", FailedPrecondition, "The device code has expired");
    public static readonly SessionError DeviceCodeInvalid = new("OIDC-Dev05", FailedPrecondition, "The device code is unknown or was used");
    public static readonly SessionError AuthRequestWithdrawn = new(
        "OIDC-Red01",
        FailedPrecondition,
        "The return address of the request is no longer registered"
    );
    public static readonly SessionError ResourceNotGranted = new(
        "OIDC-Res01",
        InvalidArgument,
        "The resource is none of those that the login was for"
    );
    public static readonly SessionError ClientUnknown = new("OIDC-Cli01", NotFound, "Client could not be found");
    public static readonly SessionError ClientExists = new("OIDC-Cli02", AlreadyExists, "Client already exists");
    public static readonly SessionError ClientConfigured = new(
        "OIDC-Cli04",
        FailedPrecondition,
        "The configuration defines this client (Sessions:Oidc:Clients): change it there"
    );
    public static readonly SessionError TooManyClients = new("OIDC-Cli05", ResourceExhausted, "Too many clients: the maximum is 1000");
    public static readonly SessionError TooManyInitialTokens = new(
        "OIDC-Cli06",
        ResourceExhausted,
        "Too many initial access tokens: the maximum is 100"
    );
    public static readonly SessionError GrantUnnamed = new("OIDC-Gra01", InvalidArgument, "Name the grant or the client to revoke");
    public static readonly SessionError MachineSecretNotSet = new("COMMAND-coi82n", NotFound, "User has no secret");
    public static readonly SessionError MachineKeyNotFound = new("COMMAND-4m77K", NotFound, "Key not found");
    public static readonly SessionError MachineKeyInvalid = new(
        "COMMAND-Key01",
        InvalidArgument,
        "The public key must be an RSA key of 2048 to 8192 bits in PEM format"
    );
    public static readonly SessionError TooManyKeys = new("COMMAND-Key50", ResourceExhausted, "User has too many keys");

    // SAML: requests and the registry of service providers.
    public static readonly SessionError SamlRequestMissing = new("COMMAND-GH3PVLSfXC", NotFound, "SAML Request does not exist");
    public static readonly SessionError SamlRequestGone = new("COMMAND-GH3PVLSfXC", FailedPrecondition, "SAML Request does not exist");
    public static readonly SessionError SamlRequestHandled = new(
        "COMMAND-ttPKNdAIFT",
        FailedPrecondition,
        "SAML Request has already been handled"
    );
    public static readonly SessionError SamlRequestFailedAlready = new(
        "COMMAND-32lGj1Fhjt",
        FailedPrecondition,
        "SAML Request has already been handled"
    );
    public static readonly SessionError SamlRequestRepeated = new(
        "SAML-Rep01",
        AlreadyExists,
        "The SAML request has already been accepted"
    );
    public static readonly SessionError SamlLogoutNotWaiting = new("SAML-Log01", NotFound, "No SAML logout waits for this answer");
    public static readonly SessionError SamlNameUnclear = new(
        "SAML-Nam01",
        FailedPrecondition,
        "The login name has control characters, or white space at its ends: service providers would read another name"
    );
    public static readonly SessionError ServiceProviderUnknown = new("SAML-Sp001", NotFound, "Service provider could not be found");
    public static readonly SessionError ServiceProviderExists = new(
        "SAML-Sp002",
        AlreadyExists,
        "Service provider with this id or entity id already exists"
    );
    public static readonly SessionError ServiceProviderConfigured = new(
        "SAML-Sp004",
        FailedPrecondition,
        "The configuration defines this service provider (Sessions:Saml:ServiceProviders): change it there"
    );
    public static readonly SessionError TooManyServiceProviders = new(
        "SAML-Sp005",
        ResourceExhausted,
        "Too many service providers: the maximum is 500"
    );
    public static readonly SessionError ServiceProviderMetadataInvalid = new(
        "SAML-Sp006",
        InvalidArgument,
        "Metadata must be an EntityDescriptor or EntitiesDescriptor of SAML 2.0: well-formed XML without a DTD, of at most 1 Mi characters "
            + "and 20000 elements"
    );

    public static readonly SessionError ServiceProviderMetadataUnusable = new(
        "SAML-Sp007",
        FailedPrecondition,
        "The metadata at metadataUrl cannot be used"
    );
    public static readonly SessionError ServiceProviderWithoutMetadataUrl = new(
        "SAML-Sp008",
        FailedPrecondition,
        "The service provider has no metadataUrl, so there are no metadata to read again"
    );

    // Settings that are changed at run time.
    public static readonly SessionError FramesConfigured = new(
        "SETTINGS-Conf1",
        FailedPrecondition,
        "embeddedIframe: the configuration sets Sessions:Presentation:FrameOrigins: change it there"
    );
    public static readonly SessionError ImpersonationNotOffered = new(
        "SETTINGS-Imp01",
        Unimplemented,
        "enableImpersonation: this service issues no token for somebody else"
    );
    public static readonly SessionError FeatureFixed = new(
        "FEATURE-Fix01",
        FailedPrecondition,
        "This feature cannot be changed in this service"
    );
    public static readonly SessionError LoginPageConfigured = new(
        "FEATURE-Conf1",
        FailedPrecondition,
        "loginV2.baseUri: the configuration sets Sessions:Oidc:LoginUri: change it there"
    );
    public static readonly SessionError LoginPageInvalid = new(
        "FEATURE-Login",
        InvalidArgument,
        "loginV2.baseUri must be a path or an https URL (http only on loopback) without query and fragment, of at most 200 characters"
    );
    public static readonly SessionError LoginTextsInvalid = new(
        "SETTINGS-Text1",
        InvalidArgument,
        "translations: every value must be a text or an object of such values, at most 8 deep and 64 KiB of JSON in all"
    );
    public static readonly SessionError LocaleInvalid = new(
        "SETTINGS-Text2",
        InvalidArgument,
        "locale must be a BCP 47 tag such as en or de-CH"
    );
    public static readonly SessionError TooManyLocales = new(
        "SETTINGS-Text3",
        ResourceExhausted,
        "There are texts in 50 languages already"
    );
    public static readonly SessionError ProviderNotOffered = new(
        "IDP-Offer",
        FailedPrecondition,
        "The login policy does not offer this identity provider"
    );
    public static readonly SessionError TooManyAdministrators = new(
        "QUERY-Adm01",
        InvalidArgument,
        "The search covers too many administrators: name users (inUserIdsFilter)"
    );

    // Projects, authorizations, applications and web keys.
    public static readonly SessionError ProjectUnknown = new("COMMAND-3M9sd", NotFound, "Project could not be found");
    public static readonly SessionError ProjectExists = new(
        "PROJECT-Ex001",
        AlreadyExists,
        "A project or client with this id, or a project of the organization with this name, already exists"
    );
    public static readonly SessionError ProjectOrganizationUnknown = new(
        "PROJECT-Org01",
        FailedPrecondition,
        "The organization does not exist, or it owns the project"
    );
    public static readonly SessionError TooManyProjects = new(
        "PROJECT-Mx001",
        ResourceExhausted,
        "There are 1000 projects already, or 200 roles or grants of the project, or 20000 roles, grants and granted roles in all"
    );
    public static readonly SessionError ProjectOrganizationInactive = new(
        "PROJECT-Org02",
        FailedPrecondition,
        "The organization that owns or gives this is deactivated or deleted"
    );
    public static readonly SessionError TooManyProjectsOfOrganization = new(
        "PROJECT-Mx002",
        ResourceExhausted,
        "The organization has 100 projects already"
    );
    public static readonly SessionError TooManyPartsOfOrganization = new(
        "PROJECT-Mx002",
        ResourceExhausted,
        "The projects of the organization have 2000 roles, grants and granted roles already"
    );
    public static readonly SessionError TooManyRemovals = new(
        "PROJECT-Mx003",
        ResourceExhausted,
        "Too much was removed from projects in the last minutes: try again later"
    );
    public static readonly SessionError ProjectInactiveAlready = new("COMMAND-mki55", FailedPrecondition, "Project is not active");
    public static readonly SessionError ProjectActiveAlready = new("COMMAND-5M9bs", FailedPrecondition, "Project is not inactive");
    public static readonly SessionError ProjectRoleUnknown = new(
        "PROJECT-Rol01",
        NotFound,
        "The project has no such role, or the organization may not give it"
    );
    public static readonly SessionError ProjectRoleExists = new("PROJECT-Rol02", AlreadyExists, "The project has a role with this key");
    public static readonly SessionError ProjectGrantUnknown = new("PROJECT-Gra01", NotFound, "Project grant could not be found");
    public static readonly SessionError ProjectGrantExists = new(
        "PROJECT-Gra02",
        AlreadyExists,
        "The project is granted to this organization already"
    );
    public static readonly SessionError ProjectGrantInactiveAlready = new(
        "PROJECT-Gra03",
        FailedPrecondition,
        "Project grant is not active"
    );
    public static readonly SessionError ProjectGrantActiveAlready = new(
        "PROJECT-Gra04",
        FailedPrecondition,
        "Project grant is not inactive"
    );
    public static readonly SessionError RoleAssignmentUnknown = new("AUTHZ-Id001", NotFound, "Authorization could not be found");
    public static readonly SessionError RoleAssignmentExists = new(
        "AUTHZ-Ex001",
        AlreadyExists,
        "The user has an authorization of this organization for this project"
    );
    public static readonly SessionError TooManyRoleAssignments = new(
        "AUTHZ-Mx001",
        ResourceExhausted,
        "The user has 100 authorizations already"
    );
    public static readonly SessionError RoleAssignmentInactiveAlready = new(
        "AUTHZ-St001",
        FailedPrecondition,
        "Authorization is not active"
    );
    public static readonly SessionError RoleAssignmentActiveAlready = new(
        "AUTHZ-St002",
        FailedPrecondition,
        "Authorization is not inactive"
    );
    public static readonly SessionError LoginNeedsAccess = new(
        "OIDC-foSyH49RvL",
        PermissionDenied,
        "Errors.User.ProjectRequired: the project is not granted to the organization of the user"
    );
    public static readonly SessionError LoginNeedsAuthorization = new(
        "OIDC-foSyH49RvL",
        PermissionDenied,
        "Errors.User.GrantRequired: the user has no authorization for the project"
    );
    public static readonly SessionError SamlLoginNeedsAccess = new(
        "SAML-foSyH49RvL",
        PermissionDenied,
        "Errors.User.ProjectRequired: the project is not granted to the organization of the user"
    );
    public static readonly SessionError SamlLoginNeedsAuthorization = new(
        "SAML-foSyH49RvL",
        PermissionDenied,
        "Errors.User.GrantRequired: the user has no authorization for the project"
    );
    public static readonly SessionError ApplicationUnknown = new("APP-Id001", NotFound, "Application could not be found");
    public static readonly SessionError TooManyApplications = new(
        "APP-Mx001",
        ResourceExhausted,
        "The organization has 100 applications already"
    );
    public static readonly SessionError ApplicationOfOtherKind = new(
        "APP-Kind1",
        FailedPrecondition,
        "The application is of another kind than the configuration of the request"
    );
    public static readonly SessionError ApplicationInactiveAlready = new("APP-St001", FailedPrecondition, "Application is not active");
    public static readonly SessionError ApplicationActiveAlready = new("APP-St002", FailedPrecondition, "Application is not inactive");
    public static readonly SessionError ApplicationWithoutSecret = new(
        "APP-Sec01",
        FailedPrecondition,
        "The application does not authenticate with a secret"
    );
    public static readonly SessionError ApplicationWithoutKeys = new(
        "APP-Key01",
        FailedPrecondition,
        "The application does not authenticate with keys (private_key_jwt)"
    );
    public static readonly SessionError ApplicationLoginPageForeign = new(
        "APP-Login",
        InvalidArgument,
        "loginVersion.loginV2.baseUri: its origin must be in Sessions:ReturnAddresses:Origins, or be that of this service or of its login "
            + "page; only who has oidc.client.write on the instance may name any other"
    );
    public static readonly SessionError ApplicationKeyUnknown = new("APP-Key02", NotFound, "Application key could not be found");
    public static readonly SessionError TooManyApplicationKeys = new("APP-Key03", ResourceExhausted, "The application has 20 keys already");
    public static readonly SessionError WebKeyUnknown = new("COMMAND-teiG3", NotFound, "Web key could not be found");
    public static readonly SessionError WebKeyAnnounced = new(
        "WEBKEY-Next1",
        FailedPrecondition,
        "The next web key is published already: activate or delete it first"
    );
    public static readonly SessionError WebKeyRetired = new(
        "WEBKEY-Old01",
        FailedPrecondition,
        "A web key that has signed before cannot sign again"
    );
    public static readonly SessionError WebKeySigns = new("COMMAND-Chai1", FailedPrecondition, "The web key that signs cannot be deleted");
    public static readonly SessionError TooManyWebKeys = new(
        "WEBKEY-Many1",
        ResourceExhausted,
        "There are 100 web keys already: delete some that do not sign"
    );

    // The service itself.
    public static readonly SessionError NotOffered = new("SESSION-Unimp", Unimplemented, "This service does not offer this function");
    public static readonly SessionError SessionBusy = new(
        "SESSION-Busy2",
        ResourceExhausted,
        "Too many changes of this session are running: try again later"
    );
    public static readonly SessionError TooManyRequests = new("SESSION-Limit", ResourceExhausted, "Too many requests: try again later");
    public static readonly SessionError TextNotStorable = new(
        "SESSION-Text1",
        InvalidArgument,
        "A text contains a NUL character or half of a surrogate pair"
    );
    public static readonly SessionError StorageAway = new(
        "SESSION-Store",
        Unavailable,
        "The storage is not available. The change may have been made or not: read again before you repeat it"
    );
    public static readonly SessionError ClusterAway = new("SESSION-Clust", Unavailable, "The cluster could not answer: try again");
    public static readonly SessionError LeaseLost = new(
        "SESSION-Lease",
        Unavailable,
        "This node cannot answer, because another node may have newer data: try again"
    );
    public static readonly SessionError ClusterClientRefused = new(
        "SESSION-Clust2",
        PermissionDenied,
        "Only a process that holds the master key may call this"
    );
    public static readonly SessionError IssuerAway = new(
        "AUTH-Issue",
        Unavailable,
        "This service could not get the keys of the token's issuer"
    );
    public static readonly SessionError InternalFault = new("RECOVER", ErrorCode.Internal, "An internal error occurred");
#pragma warning restore CS1591

    /// <summary>A login at an external provider that failed: one error for clients, whatever the cause.</summary>
    private static SessionError ProviderFailed(string text) => new("IDP-Upst1", Unavailable, text);
}
