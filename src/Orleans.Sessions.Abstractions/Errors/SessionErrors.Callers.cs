using static Orleans.Sessions.ErrorCode;

namespace Orleans.Sessions;

/// <content>Callers: authentication and permission.</content>
public static partial class SessionErrors
{
#pragma warning disable CS1591 // The rows are their own documentation.
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
#pragma warning restore CS1591
}
