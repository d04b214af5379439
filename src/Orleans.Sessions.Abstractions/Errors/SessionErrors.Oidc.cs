using static Orleans.Sessions.ErrorCode;

namespace Orleans.Sessions;

/// <content>OpenID Connect.</content>
public static partial class SessionErrors
{
#pragma warning disable CS1591 // The rows are their own documentation.
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
    public static readonly SessionError ClientUnknown = new("OIDC-Cli01", NotFound, "Client could not be found");
    public static readonly SessionError ClientExists = new("OIDC-Cli02", AlreadyExists, "Client already exists");
    public static readonly SessionError ClientConfigured = new(
        "OIDC-Cli04",
        FailedPrecondition,
        "The configuration defines this client: change it there"
    );
    public static readonly SessionError TooManyClients = new("OIDC-Cli05", ResourceExhausted, "Too many clients: the maximum is 1000");
    public static readonly SessionError GrantUnnamed = new("OIDC-Gra01", InvalidArgument, "Name the grant or the client to revoke");
    public static readonly SessionError MachineSecretNotSet = new("COMMAND-coi82n", NotFound, "User has no secret");
    public static readonly SessionError MachineKeyNotFound = new("COMMAND-4m77K", NotFound, "Key not found");
    public static readonly SessionError MachineKeyInvalid = new(
        "COMMAND-Key01",
        InvalidArgument,
        "The public key must be an RSA key of 2048 to 8192 bits in PEM format"
    );
    public static readonly SessionError TooManyKeys = new("COMMAND-Key50", ResourceExhausted, "User has too many keys");
#pragma warning restore CS1591
}
