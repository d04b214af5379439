using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Orleans.Sessions.IdentityProviders.Upstream;

/// <summary>
/// The authorization request of OAuth's code flow (RFC 6749 §4.1.1), protected by PKCE (RFC 7636) if the settings say so.
/// </summary>
internal static class CodeFlow
{
    /// <summary>The request, to which a kind adds its own parameters.</summary>
    public static OpenIdConnectMessage Request(StoredProvider provider, string endpoint, LoginStart start)
    {
        var request = new OpenIdConnectMessage
        {
            IssuerAddress = endpoint,
            EnableTelemetryParameters = false,
            ClientId = provider.Settings.ClientId,
            RedirectUri = start.CallbackUrl,
            ResponseType = OpenIdConnectResponseType.Code,
            Scope = provider.Settings.Scopes.IsEmpty ? null : string.Join(' ', provider.Settings.Scopes),
            State = start.State,
        };
        if (provider.Settings.UsePkce)
        {
            request.SetParameter("code_challenge", Base64UrlEncoder.Encode(TokenHash.Of(start.Secrets.CodeVerifier)));
            request.SetParameter("code_challenge_method", "S256");
        }

        return request;
    }
}
