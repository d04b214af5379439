using OpenIddict.Server;
using Orleans.Sessions.Gateway.Oidc;
using Orleans.Sessions.Oidc;

namespace Orleans.Sessions.Gateway.Callers;

/// <summary>
/// What a protected resource says in <c>WWW-Authenticate</c> about a bearer token that is not enough (RFC 6750 §3): what is wrong with it, for a login that
/// left a factor out which level of authentication would do, and for one that is too old how old it may be (RFC 9470 §3).
/// </summary>
internal static class BearerChallenge
{
    private static readonly string s_property = typeof(BearerChallenge).FullName!;

    /// <summary>The challenge; <c>null</c>: the error is not about the token.</summary>
    public static string? Of(SessionError error, TimeSpan? maxProofAge = null)
    {
        if (error == SessionErrors.AuthorizationMissing)
        {
            // Who brought nothing is not told what is wrong with it.
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
            return $"{With(OAuthErrors.InsufficientAuthentication, error)}, max_age=\"{(long)(maxProofAge ?? TimeSpan.Zero).TotalSeconds}\"";
        }

        return error == SessionErrors.AuthorizationInvalid ? With(OAuthError.InvalidRequest, error)
            : error.Code == ErrorCode.Unauthenticated ? With(OAuthError.InvalidToken, error)
            : null;
    }

    /// <summary>The challenge of a request to the userinfo endpoint whose token is not enough; <c>null</c>: there is nothing to add to what OpenIddict says.</summary>
    public static string? Of(OpenIddictServerTransaction transaction) => transaction.GetProperty<string>(s_property);

    /// <summary>Keeps the challenge for the answer of the userinfo endpoint.</summary>
    public static void AttachTo(OpenIddictServerTransaction transaction, SessionError error)
    {
        if (error == SessionErrors.BearerFactorMissing || error == SessionErrors.BearerMfaMissing)
        {
            transaction.SetProperty(s_property, Of(error));
        }
    }

    private static string StepUp(SessionError error, string acr) => $"{With(OAuthErrors.InsufficientAuthentication, error)}, acr_values=\"{acr}\"";

    private static string With(string code, SessionError error) => $"Bearer error=\"{code}\", error_description=\"{error.Message}\"";
}
