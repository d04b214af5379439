using System.IdentityModel.Tokens.Jwt;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;
using Orleans.Sessions.Secrets;

namespace Orleans.Sessions.IdentityProviders.Oidc;

/// <summary>
/// The relying party's side of OpenID Connect's code flow. It stores nothing of a login: state, nonce and code verifier belong to the
/// intent, so any node can finish what another node began.
/// </summary>
internal sealed class UpstreamClient(HttpClient http, OidcDiscovery discovery, IdTokenVerifier idTokens, SecretProtector secrets)
{
    private const string Token = "token";

    /// <summary>Where the browser goes to log in. Fails with <see cref="UpstreamException"/>.</summary>
    public async Task<string> AuthorizeUrlAsync(
        StoredProvider provider,
        string callbackUrl,
        string state,
        LoginSecrets login,
        string? loginHint
    )
    {
        var request = new OpenIdConnectMessage
        {
            IssuerAddress = (await discovery.GetAsync(provider.Settings.Issuer)).AuthorizationEndpoint,
            EnableTelemetryParameters = false,
            ClientId = provider.Settings.ClientId,
            RedirectUri = callbackUrl,
            ResponseType = OpenIdConnectResponseType.Code,
            Scope = string.Join(' ', provider.Settings.Scopes),
            State = state,
            Nonce = login.Nonce,
            LoginHint = loginHint,
        };
        if (provider.Settings.UsePkce)
        {
            request.SetParameter("code_challenge", Base64UrlEncoder.Encode(TokenHash.Of(login.CodeVerifier)));
            request.SetParameter("code_challenge_method", "S256");
        }

        return request.CreateAuthenticationRequestUrl();
    }

    /// <summary>
    /// Prevents mix-up attacks between providers (RFC 9207 §2.4): the issuer named in an answer, be it a code or an error, must be the
    /// provider that was asked. Fails with <see cref="UpstreamException"/>.
    /// </summary>
    public async Task EnsureAnswersAsync(StoredProvider provider, string? issuer)
    {
        var configuration = await discovery.GetAsync(provider.Settings.Issuer);
        if (issuer is null ? configuration.AuthorizationResponseIssParameterSupported : issuer != configuration.Issuer)
        {
            throw new UpstreamException("the answer is of another issuer", error: SessionErrors.ProviderIssuerOther);
        }
    }

    /// <summary>
    /// Exchanges the code and returns the person who logged in. Fails with <see cref="UpstreamException"/>, whatever the provider does.
    /// </summary>
    public async Task<UpstreamLogin> AuthenticateAsync(
        StoredProvider provider,
        string callbackUrl,
        IntentCallback callback,
        LoginSecrets login
    )
    {
        try
        {
            var configuration = await discovery.GetAsync(provider.Settings.Issuer);
            var answer = await ExchangeAsync(provider, configuration, callbackUrl, callback.Code!, login);
            var token = await idTokens.VerifyAsync(provider, answer, login.Nonce);
            var claims =
                provider.Settings.IsIdTokenMapping || string.IsNullOrEmpty(configuration.UserInfoEndpoint)
                    ? Base64UrlEncoder.Decode(token.RawPayload)
                    : await UserInfoAsync(configuration.UserInfoEndpoint, answer.AccessToken, token.Subject);
            return UpstreamLogin.Of(
                provider.Id,
                token.Subject,
                new LoginResult(answer.AccessToken, answer.IdToken, claims, answer.RefreshToken)
            );
        }
        catch (Exception exception) when (exception is not UpstreamException)
        {
            // A provider may answer anything, and no answer is a fault of this service.
            throw new UpstreamException("the login cannot be finished", exception);
        }
    }

    private async Task<OpenIdConnectMessage> ExchangeAsync(
        StoredProvider provider,
        OpenIdConnectConfiguration configuration,
        string callbackUrl,
        string code,
        LoginSecrets login
    )
    {
        var form = new Dictionary<string, string>
        {
            ["grant_type"] = OpenIdConnectGrantTypes.AuthorizationCode,
            ["code"] = code,
            ["redirect_uri"] = callbackUrl,
        };
        if (provider.Settings.UsePkce)
        {
            form["code_verifier"] = login.CodeVerifier;
        }

        using var request = new HttpRequestMessage(HttpMethod.Post, configuration.TokenEndpoint);
        var (id, secret) = (provider.Settings.ClientId, ProviderRules.ClientSecret(provider, secrets));
        var methods = configuration.TokenEndpointAuthMethodsSupported;
        if (secret.Length > 0 && (methods.Count == 0 || methods.Contains("client_secret_basic")))
        {
            // RFC 6749 §2.3.1: both are form-encoded first.
            var credentials = $"{Uri.EscapeDataString(id)}:{Uri.EscapeDataString(secret)}";
            request.Headers.Authorization = new AuthenticationHeaderValue(
                "Basic",
                Convert.ToBase64String(Encoding.UTF8.GetBytes(credentials))
            );
        }
        else
        {
            form["client_id"] = id;
            if (secret.Length > 0)
            {
                form["client_secret"] = secret;
            }
        }

        request.Content = new FormUrlEncodedContent(form);
        return new OpenIdConnectMessage(await ReadAsync(request, Token));
    }

    private async Task<string> UserInfoAsync(string endpoint, string accessToken, string subject)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, endpoint);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", accessToken);
        var claims = await ReadAsync(request, "userinfo");
        return JwtPayload.Deserialize(claims).Sub == subject
            ? claims
            : throw new UpstreamException("the userinfo endpoint speaks of somebody else");
    }

    private async Task<string> ReadAsync(HttpRequestMessage request, string endpoint)
    {
        request.Headers.Accept.ParseAdd("application/json");
        using var response = await http.SendAsync(request);
        return response.IsSuccessStatusCode
            ? await response.Content.ReadAsStringAsync()
            : throw new UpstreamException(
                $"the {endpoint} endpoint answered {(int)response.StatusCode}",
                error: endpoint == Token && (int)response.StatusCode is >= 400 and < 500 ? SessionErrors.ProviderRefusedCode : null
            );
    }
}
