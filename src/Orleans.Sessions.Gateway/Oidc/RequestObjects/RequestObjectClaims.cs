using Microsoft.IdentityModel.JsonWebTokens;
using Orleans.Sessions.Oidc;

namespace Orleans.Sessions.Gateway.Oidc.RequestObjects;

/// <summary>
/// What the claims of a request object must say about the object (RFC 9101 §4, §10). It names who made it and for whom, and it lives an
/// hour at most, because whoever sees the address of a browser sees it too. A client with the profile FAPI2 also says when it begins (FAPI
/// 2.0 message signing §5.3.1).
/// </summary>
internal static class RequestObjectClaims
{
    private static readonly TimeSpan s_longest = TimeSpan.FromHours(1);
    private static readonly TimeSpan s_skew = TimeSpan.FromSeconds(10);

    /// <summary>The broken rule; <c>null</c> if the claims are right.</summary>
    public static string? FaultOf(JsonWebToken token, OidcClient client, string issuer, DateTimeOffset now) =>
        token.Issuer != client.Id ? "The issuer (iss) of the request object must be the client id."
        // Otherwise an assertion with which the client authenticates could be sent as a request object (RFC 9101 §10.8).
        : token.Subject == client.Id ? "The subject (sub) of the request object must not be the client id."
        : !token.Audiences.Contains(issuer, StringComparer.Ordinal) ? $"The audience (aud) of the request object must be {issuer}."
        : TimeFault(token, client, now.UtcDateTime);

    private static string? TimeFault(JsonWebToken token, OidcClient client, DateTime now) =>
        token.ValidTo == DateTime.MinValue ? "The request object has no end (exp)."
        : now - s_skew >= token.ValidTo ? "The request object has expired (exp)."
        : token.ValidTo > now + s_longest + s_skew
            ? $"The request object lives too long (exp): at most {(long)s_longest.TotalSeconds} seconds."
        : token.ValidFrom > now + s_skew ? "The request object is not valid yet (nbf): the clocks differ."
        : token.IssuedAt > now + s_skew ? "The request object was issued in the future (iat): the clocks differ."
        : !client.IsFapi() ? null
        : token.ValidFrom == DateTime.MinValue ? "The request object of a client with the profile FAPI2 must have a beginning (nbf)."
        : now > token.ValidFrom + s_longest + s_skew || token.ValidTo > token.ValidFrom + s_longest
            ? "The request object of a client with the profile FAPI2 must live at most one hour (nbf, exp)."
        : null;
}
