using System.IdentityModel.Tokens.Jwt;
using System.Text.Json;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;
using Orleans.Sessions.IdentityProviders.Upstream;
using Orleans.Sessions.Secrets;

namespace Orleans.Sessions.IdentityProviders.Oidc;

/// <summary>The relying party's side of OpenID Connect's code flow. Kinds that differ from it derive from it.</summary>
internal class OidcKind(UpstreamCalls calls, OidcDiscovery discovery, IdTokenVerifier idTokens, SecretProtector secrets) : IProviderKind
{
    private const int MaxReference = 1000;
    private const string Pushed = "pushed request";

    /// <inheritdoc/>
    public async Task<string> AuthorizeUrlAsync(StoredProvider provider, LoginStart start)
    {
        var configuration = await discovery.GetAsync(provider.Settings.Issuer);
        var request = CodeFlow.Request(provider, configuration.AuthorizationEndpoint, start);
        request.Nonce = start.Secrets.Nonce;
        request.LoginHint = start.LoginHint;
        Complete(request);
        return configuration.RequirePushedAuthorizationRequests is true
            ? await PushAsync(provider, configuration, request)
            : request.CreateAuthenticationRequestUrl();
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
        var exchange = new CodeExchange(callback.Code!, callbackUrl, provider.Settings.UsePkce ? login.CodeVerifier : null);
        var answer = new OpenIdConnectMessage(
            await calls.ExchangeAsync(configuration.TokenEndpoint, Client(provider, configuration), exchange)
        );
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
    protected virtual string SecretOf(StoredProvider provider) => ProviderRules.ClientSecret(provider, secrets);

    /// <summary>Reads who has logged in.</summary>
    protected virtual UpstreamLogin Read(StoredProvider provider, OidcAnswer answer) =>
        UpstreamLogin.Of(provider.Id, answer.Subject, StandardClaims.Describe(answer.Result.Claims), answer.Result);

    private ProviderClient Client(StoredProvider provider, OpenIdConnectConfiguration configuration)
    {
        var methods = configuration.TokenEndpointAuthMethodsSupported;
        return new ProviderClient(
            provider.Settings.ClientId,
            SecretOf(provider),
            methods.Count == 0 || methods.Contains("client_secret_basic") ? SecretPlace.Header : SecretPlace.Form
        );
    }

    /// <summary>Leaves the request at the provider (RFC 9126). The browser brings a reference to it.</summary>
    private async Task<string> PushAsync(StoredProvider provider, OpenIdConnectConfiguration configuration, OpenIdConnectMessage request)
    {
        var endpoint = configuration.PushedAuthorizationRequestEndpoint;
        if (!ProviderRules.IsSafe(endpoint, provider.Settings.Issuer))
        {
            throw new UpstreamException("the endpoint of pushed requests is missing or not protected by TLS");
        }

        var form = new Dictionary<string, string>(request.Parameters);
        var answer = await calls.SubmitAsync(endpoint, Client(provider, configuration), form, Pushed);
        using var document = UpstreamJson.Parse(answer, JsonValueKind.Object, Pushed);
        if (
            !document.RootElement.TryGetProperty("request_uri", out var reference)
            || reference.ValueKind != JsonValueKind.String
            || reference.GetString() is not { Length: > 0 and <= MaxReference } uri
        )
        {
            throw new UpstreamException("the answer to the pushed request has no reference");
        }

        return new OpenIdConnectMessage
        {
            IssuerAddress = configuration.AuthorizationEndpoint,
            EnableTelemetryParameters = false,
            ClientId = provider.Settings.ClientId,
            RequestUri = uri,
        }.CreateAuthenticationRequestUrl();
    }

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
