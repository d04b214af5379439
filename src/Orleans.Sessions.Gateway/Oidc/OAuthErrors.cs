using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Orleans.Sessions.Gateway.Oidc;

/// <summary>The OAuth error codes for the errors of grains.</summary>
internal static class OAuthErrors
{
    private static readonly Dictionary<SessionError, string> s_codes = new()
    {
        // OpenIddict changes this to invalid_grant if the token is used as a grant.
        [SessionErrors.AuthRequestCodeUsed] = OAuthError.InvalidToken,
        [SessionErrors.RefreshTokenInvalid] = OAuthError.InvalidToken,
        [SessionErrors.TokenInvalid] = OAuthError.InvalidToken,
        [SessionErrors.GrantSessionEnded] = OAuthError.InvalidToken,
        [SessionErrors.LinkUserNotActive] = OAuthError.InvalidToken,
        [SessionErrors.DeviceCodeInvalid] = OAuthError.InvalidToken,
        [SessionErrors.DevicePending] = OAuthError.AuthorizationPending,
        [SessionErrors.DeviceTooSoon] = OAuthError.SlowDown,
        [SessionErrors.DeviceDenied] = OAuthError.AccessDenied,
        [SessionErrors.DeviceExpired] = OAuthError.ExpiredToken,

        // A session token that was exchanged, or that was sent to userinfo.
        [SessionErrors.LinkSessionMissing] = OAuthError.InvalidToken,
        [SessionErrors.SessionTerminated] = OAuthError.InvalidToken,
        [SessionErrors.SessionExpired] = OAuthError.InvalidToken,
        [SessionErrors.SessionTokenInvalid] = OAuthError.InvalidToken,
        [SessionErrors.BearerSessionMissing] = OAuthError.InvalidToken,
        [SessionErrors.BearerTokenStale] = OAuthError.InvalidToken,
        [SessionErrors.BearerSessionExpired] = OAuthError.InvalidToken,
        [SessionErrors.BearerFactorMissing] = InsufficientAuthentication,
        [SessionErrors.BearerMfaMissing] = InsufficientAuthentication,
        [SessionErrors.LinkFactorMissing] = InsufficientAuthentication,
        [SessionErrors.LinkSecondFactorMissing] = InsufficientAuthentication,
        [SessionErrors.LinkPolicyWantsMore] = InsufficientAuthentication,
        [SessionErrors.LinkPasskeyMissing] = InsufficientAuthentication,
        [SessionErrors.PasswordOutdated] = InsufficientAuthentication,
    };

    /// <summary>RFC 9470.</summary>
    public const string InsufficientAuthentication = "insufficient_user_authentication";

    /// <summary>The code; <c>null</c> if the caller did not cause the error.</summary>
    public static string? Of(SessionError error) => s_codes.GetValueOrDefault(error);
}
