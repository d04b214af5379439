using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Orleans.Sessions.IdentityProviders.Upstream;

/// <summary>
/// Which error of the table a failure at a provider is. All of them have the id <c>IDP-Upst1</c>; only their texts differ, so that
/// operators see at the login page what to mend.
/// </summary>
internal static class UpstreamCauses
{
    /// <summary>The error for an exception of HTTP or of the library that reads tokens; the general one if nothing more is known.</summary>
    public static SessionError Of(Exception? exception)
    {
        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            if (Row(cause) is { } error)
            {
                return error;
            }
        }

        return SessionErrors.ProviderAway;
    }

    private static SessionError? Row(Exception cause) =>
        cause switch
        {
            HttpRequestException { StatusCode: null, HttpRequestError: not HttpRequestError.ConfigurationLimitExceeded }
            or OperationCanceledException => SessionErrors.ProviderUnreachable,
            SecurityTokenInvalidIssuerException => SessionErrors.ProviderIssuerOther,
            SecurityTokenInvalidAudienceException => SessionErrors.ProviderAudienceOther,
            SecurityTokenExpiredException
            or SecurityTokenNotYetValidException
            or SecurityTokenInvalidLifetimeException
            or SecurityTokenNoExpirationException => SessionErrors.ProviderTimeWrong,
            SecurityTokenInvalidSignatureException or SecurityTokenInvalidAlgorithmException or SecurityTokenInvalidSigningKeyException =>
                SessionErrors.ProviderSignatureWrong,
            OpenIdConnectProtocolInvalidNonceException => SessionErrors.ProviderNonceOther,
            _ => null,
        };
}
