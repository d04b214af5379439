using static Orleans.Sessions.ErrorCode;

namespace Orleans.Sessions;

/// <content>External identity providers.</content>
public static partial class SessionErrors
{
#pragma warning disable CS1591 // The rows are their own documentation.
    public static readonly SessionError ProviderSecretMissing = new(
        "COMMAND-idpSe",
        InvalidArgument,
        "A change of the issuer needs the client secret"
    );
    public static readonly SessionError ProviderNotFound = new("QUERY-SAFrt", NotFound, "Identity provider doesn't exist");
    public static readonly SessionError ProviderMissing = new("COMMAND-idpNf", NotFound, "Identity provider doesn't exist");
    public static readonly SessionError ProviderConfigured = new(
        "COMMAND-idpCf",
        FailedPrecondition,
        "The configuration defines this identity provider: change it there"
    );
    public static readonly SessionError TooManyProviders = new("COMMAND-idpMx", ResourceExhausted, "Too many identity providers");
    public static readonly SessionError ProviderAway = new(
        "IDP-Upst1",
        Unavailable,
        "The identity provider is unreachable, or its answer is unusable"
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
#pragma warning restore CS1591
}
