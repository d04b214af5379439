using Orleans.Sessions.Logins;

namespace Orleans.Sessions.Gateway.Errors;

/// <summary>
/// The <c>WWW-Authenticate</c> header for a bearer token that is not enough (RFC 6750 §3). It says what is wrong with the token. If a
/// factor is missing, it says which level of authentication is needed; if the login is too old, it says how old it may be (RFC 9470 §3).
/// </summary>
internal static class BearerChallenge
{
    /// <summary>RFC 9470 §3.</summary>
    public const string InsufficientAuthentication = "insufficient_user_authentication";

    /// <summary>What the tokens are for (RFC 6750 §3). Every challenge has it, because it must have a parameter.</summary>
    public const string Realm = "Orleans.Sessions";

    private const string Scheme = $"Bearer realm=\"{Realm}\"";

    /// <summary>The challenge; <c>null</c> if the error is not about the token.</summary>
    public static string? Of(SessionError error, TimeSpan? maxProofAge = null)
    {
        if (error == SessionErrors.AuthorizationMissing)
        {
            // A caller without a token is not told what is wrong with a token.
            return Scheme;
        }

        if (ForLevel(error) is { } challenge)
        {
            return challenge;
        }

        if (error == SessionErrors.BearerProofTooOld)
        {
            var seconds = (long)(maxProofAge ?? TimeSpan.Zero).TotalSeconds;
            return $"{With(InsufficientAuthentication, error)}, max_age=\"{seconds}\"";
        }

        return error == SessionErrors.AuthorizationInvalid ? With(OAuthError.InvalidRequest, error)
            : error.Code == ErrorCode.Unauthenticated ? With(OAuthError.InvalidToken, error)
            : null;
    }

    /// <summary>The challenge that asks for a level of authentication; <c>null</c> if the level is not what the token lacks.</summary>
    public static string? ForLevel(SessionError error) =>
        error == SessionErrors.BearerFactorMissing ? StepUp(error, AuthenticationContext.Aal1)
        : error == SessionErrors.BearerMfaMissing ? StepUp(error, AuthenticationContext.Aal2)
        : null;

    private static string StepUp(SessionError error, string acr) => $"{With(InsufficientAuthentication, error)}, acr_values=\"{acr}\"";

    private static string With(string code, SessionError error) => $"{Scheme}, error=\"{code}\", error_description=\"{error.Message}\"";
}
