using OpenIddict.Server;
using Orleans.Sessions.Gateway.Oidc;
using Orleans.Sessions.Logins;
using Orleans.Sessions.Oidc;

namespace Orleans.Sessions.Gateway.Callers;

/// <summary>
/// The <c>WWW-Authenticate</c> header for a bearer token that is not enough (RFC 6750 §3). It says what is wrong with the token. If a
/// factor is missing, it says which level of authentication is needed; if the login is too old, it says how old it may be (RFC 9470 §3).
/// </summary>
internal static class BearerChallenge
{
    private static readonly string s_property = typeof(BearerChallenge).FullName!;

    /// <summary>The challenge; <c>null</c> if the error is not about the token.</summary>
    public static string? Of(SessionError error, TimeSpan? maxProofAge = null)
    {
        if (error == SessionErrors.AuthorizationMissing)
        {
            // A caller without a token is not told what is wrong with a token.
            return "Bearer";
        }

        if (error == SessionErrors.BearerFactorMissing)
        {
            return StepUp(error, AuthenticationContext.Aal1);
        }

        if (error == SessionErrors.BearerMfaMissing)
        {
            return StepUp(error, AuthenticationContext.Aal2);
        }

        if (error == SessionErrors.BearerProofTooOld)
        {
            var seconds = (long)(maxProofAge ?? TimeSpan.Zero).TotalSeconds;
            return $"{With(OAuthErrors.InsufficientAuthentication, error)}, max_age=\"{seconds}\"";
        }

        return error == SessionErrors.AuthorizationInvalid ? With(OAuthError.InvalidRequest, error)
            : error.Code == ErrorCode.Unauthenticated ? With(OAuthError.InvalidToken, error)
            : null;
    }

    /// <summary>
    /// The challenge for a userinfo request whose token is not enough; <c>null</c> if OpenIddict's answer already says everything.
    /// </summary>
    public static string? Of(OpenIddictServerTransaction transaction) => transaction.GetProperty<string>(s_property);

    /// <summary>Keeps the challenge for the answer of the userinfo endpoint.</summary>
    public static void AttachTo(OpenIddictServerTransaction transaction, SessionError error)
    {
        if (error == SessionErrors.BearerFactorMissing || error == SessionErrors.BearerMfaMissing)
        {
            transaction.SetProperty(s_property, Of(error));
        }
    }

    private static string StepUp(SessionError error, string acr) =>
        $"{With(OAuthErrors.InsufficientAuthentication, error)}, acr_values=\"{acr}\"";

    private static string With(string code, SessionError error) => $"Bearer error=\"{code}\", error_description=\"{error.Message}\"";
}
