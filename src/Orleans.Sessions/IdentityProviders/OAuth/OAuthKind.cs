using System.Text.Json;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Orleans.Sessions.IdentityProviders.Upstream;
using Orleans.Sessions.Secrets;

namespace Orleans.Sessions.IdentityProviders.OAuth;

/// <summary>
/// OAuth 2.0's code flow (RFC 6749 §4.1), and an endpoint that tells who the person is. There is no discovery document: the settings have
/// the endpoints. Kinds that differ from it derive from it.
/// </summary>
internal class OAuthKind(UpstreamCalls calls, SecretProtector secrets) : IProviderKind
{
    /// <summary>Where the client secret goes.</summary>
    protected virtual SecretPlace Place => SecretPlace.Either;

    /// <inheritdoc/>
    public Task<string> AuthorizeUrlAsync(StoredProvider provider, LoginStart start)
    {
        var request = CodeFlow.Request(provider, provider.Settings.OAuth!.Authorization, start);
        Complete(request, start);
        return Task.FromResult(request.CreateAuthenticationRequestUrl());
    }

    /// <summary>The name of these providers is not known, but it has the host at which the browser logged in.</summary>
    public Task EnsureAnswersAsync(StoredProvider provider, string? issuer) =>
        issuer is null
        || (
            Uri.TryCreate(issuer, UriKind.Absolute, out var named)
            && Uri.TryCreate(provider.Settings.OAuth!.Authorization, UriKind.Absolute, out var asked)
            && named.IdnHost == asked.IdnHost
        )
            ? Task.CompletedTask
            : throw new UpstreamException("the answer is of another issuer", error: SessionErrors.ProviderIssuerOther);

    /// <inheritdoc/>
    public async Task<UpstreamLogin> AuthenticateAsync(
        StoredProvider provider,
        string callbackUrl,
        IntentCallback callback,
        LoginSecrets login
    )
    {
        var endpoints = provider.Settings.OAuth!;
        var client = new ProviderClient(provider.Settings.ClientId, ProviderRules.ClientSecret(provider, secrets), Place);
        var exchange = new CodeExchange(callback.Code!, callbackUrl, provider.Settings.UsePkce ? login.CodeVerifier : null);
        var tokens = OAuthTokens.Read(await calls.ExchangeAsync(endpoints.Token, client, exchange));
        var answer = await calls.GetAsync(endpoints.User, tokens.Access, "user");
        using var user = UpstreamJson.Parse(answer, JsonValueKind.Object, "user");
        return UpstreamLogin.Of(
            provider.Id,
            IdIn(user.RootElement, endpoints.IdAttribute),
            await DescribeAsync(endpoints, user.RootElement, tokens.Access),
            new LoginResult(tokens.Access, tokens.Id, answer, tokens.Refresh)
        );
    }

    /// <summary>Adds what the kind needs to the authorization request.</summary>
    protected virtual void Complete(OpenIdConnectMessage request, LoginStart start) { }

    /// <summary>What the provider says of the person.</summary>
    protected virtual Task<ExternalPerson> DescribeAsync(OAuthEndpoints endpoints, JsonElement user, string accessToken) =>
        Task.FromResult(StandardClaims.Describe(user));

    /// <summary>
    /// The person's id: a text, or a whole number as it is written. Anything else could be written in several ways, and so be the id of
    /// several people.
    /// </summary>
    private static string? IdIn(JsonElement user, string attribute) =>
        user.TryGetProperty(attribute, out var id)
            ? id.ValueKind switch
            {
                JsonValueKind.String => id.GetString(),
                JsonValueKind.Number when id.GetRawText() is var digits && digits.All(char.IsAsciiDigit) => digits,
                _ => throw new UpstreamException("the person's id is neither a text nor a whole number"),
            }
            : null;
}
