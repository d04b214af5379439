using System.IdentityModel.Tokens.Jwt;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;
using Orleans.Sessions.IdentityProviders.Upstream;
using Orleans.Sessions.Secrets;

namespace Orleans.Sessions.IdentityProviders.Oidc;

/// <summary>The relying party's side of OpenID Connect's code flow. Kinds that differ from it derive from it.</summary>
internal class OidcKind(UpstreamCalls calls, OidcDiscovery discovery, IdTokenVerifier idTokens, SecretProtector secrets) : IProviderKind
{
    /// <inheritdoc/>
    public async Task<string> AuthorizeUrlAsync(StoredProvider provider, LoginStart start)
    {
        var configuration = await discovery.GetAsync(provider.Settings.Issuer);
        var request = CodeFlow.Request(provider, configuration.AuthorizationEndpoint, start);
        request.Nonce = start.Secrets.Nonce;
        request.LoginHint = start.LoginHint;
        Complete(request);
        return request.CreateAuthenticationRequestUrl();
    }

    /// <inheritdoc/>
    public async Task EnsureAnswersAsync(StoredProvider provider, string? issuer)
    {
        var registered = provider.Settings.Issuer;
        var configuration = await discovery.GetAsync(registered);
        if (
            issuer is null
                ? configuration.AuthorizationResponseIssParameterSupported
                : !discovery.Issuers.IsIssuer(registered, configuration.Issuer, issuer)
        )
        {
            throw new UpstreamException("the answer is of another issuer", error: SessionErrors.ProviderIssuerOther);
        }
    }

    /// <inheritdoc/>
    public async Task<UpstreamLogin> AuthenticateAsync(
        StoredProvider provider,
        string callbackUrl,
        IntentCallback callback,
        LoginSecrets login
    )
    {
        var configuration = await discovery.GetAsync(provider.Settings.Issuer);
        var methods = configuration.TokenEndpointAuthMethodsSupported;
        var exchange = new CodeExchange
        {
            ClientId = provider.Settings.ClientId,
            Secret = ClientSecret(provider),
            Place = methods.Count == 0 || methods.Contains("client_secret_basic") ? SecretPlace.Header : SecretPlace.Form,
            Code = callback.Code!,
            CallbackUrl = callbackUrl,
            CodeVerifier = provider.Settings.UsePkce ? login.CodeVerifier : null,
        };
        var answer = new OpenIdConnectMessage(await calls.ExchangeAsync(configuration.TokenEndpoint, exchange));
        var token = await idTokens.VerifyAsync(provider, answer, login.Nonce);
        var idToken = Base64UrlEncoder.Decode(token.RawPayload);
        var claims =
            provider.Settings.IsIdTokenMapping || string.IsNullOrEmpty(configuration.UserInfoEndpoint)
                ? idToken
                : await UserInfoAsync(provider, configuration.UserInfoEndpoint, answer.AccessToken, token.Subject);
        return Read(
            provider,
            new OidcAnswer
            {
                Subject = token.Subject,
                IdToken = idToken,
                Callback = callback,
                Result = new LoginResult(answer.AccessToken, answer.IdToken, claims, answer.RefreshToken),
            }
        );
    }

    /// <summary>Adds what the kind needs to the authorization request.</summary>
    protected virtual void Complete(OpenIdConnectMessage request) { }

    /// <summary>What authenticates this service at the token endpoint; empty if nothing does.</summary>
    protected virtual string ClientSecret(StoredProvider provider) => ProviderRules.ClientSecret(provider, secrets);

    /// <summary>Reads who has logged in.</summary>
    protected virtual UpstreamLogin Read(StoredProvider provider, OidcAnswer answer) =>
        UpstreamLogin.Of(provider.Id, answer.Subject, StandardClaims.Describe(answer.Result.Claims), answer.Result);

    private async Task<string> UserInfoAsync(StoredProvider provider, string endpoint, string accessToken, string subject)
    {
        var answer = (await calls.GetAsync(endpoint, accessToken, "userinfo")).Trim();

        // A signed answer is a JWT, which never begins as a JSON object does.
        var claims = answer.StartsWith('{') ? answer : await idTokens.ReadUserInfoAsync(provider, answer);
        return JwtPayload.Deserialize(claims).Sub == subject
            ? claims
            : throw new UpstreamException("the userinfo endpoint speaks of somebody else");
    }
}
