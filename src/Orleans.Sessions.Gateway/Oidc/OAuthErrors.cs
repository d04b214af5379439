using Orleans.Sessions.Gateway.Errors;
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
        [SessionErrors.ResourceNotGranted] = OAuthError.InvalidTarget,
        [SessionErrors.CertificateMissing] = OAuthError.InvalidRequest,
        [SessionErrors.CertificateUnreadable] = OAuthError.InvalidRequest,
        [SessionErrors.TokenBoundToCertificate] = OAuthError.InvalidToken,

        // A session token that was exchanged, or that was sent to userinfo.
        [SessionErrors.LinkSessionMissing] = OAuthError.InvalidToken,
        [SessionErrors.SessionTerminated] = OAuthError.InvalidToken,
        [SessionErrors.SessionExpired] = OAuthError.InvalidToken,
        [SessionErrors.SessionTokenInvalid] = OAuthError.InvalidToken,
        [SessionErrors.BearerSessionMissing] = OAuthError.InvalidToken,
        [SessionErrors.BearerTokenStale] = OAuthError.InvalidToken,
        [SessionErrors.BearerSessionExpired] = OAuthError.InvalidToken,
        [SessionErrors.BearerFactorMissing] = BearerChallenge.InsufficientAuthentication,
        [SessionErrors.BearerMfaMissing] = BearerChallenge.InsufficientAuthentication,
        [SessionErrors.LinkFactorMissing] = BearerChallenge.InsufficientAuthentication,
        [SessionErrors.LinkSecondFactorMissing] = BearerChallenge.InsufficientAuthentication,
        [SessionErrors.LinkPolicyWantsMore] = BearerChallenge.InsufficientAuthentication,
        [SessionErrors.LinkPasskeyMissing] = BearerChallenge.InsufficientAuthentication,
        [SessionErrors.LinkHardwareKeyMissing] = BearerChallenge.InsufficientAuthentication,
        [SessionErrors.LinkPasswordOutdated] = BearerChallenge.InsufficientAuthentication,
        [SessionErrors.PasswordOutdated] = BearerChallenge.InsufficientAuthentication,
    };

    /// <summary>The codes by id: while nodes of two versions run, the text of an error may be that of the other version.</summary>
    private static readonly Dictionary<string, string> s_byId = s_codes
        .GroupBy(row => row.Key.Id, row => row.Value)
        .ToDictionary(row => row.Key, row => row.Distinct().Single());

    /// <summary>The code; <c>null</c> if the caller did not cause the error.</summary>
    public static string? Of(SessionError error) => s_byId.GetValueOrDefault(error.Id) ?? DpopChallenge.CodeOf(error);
}
