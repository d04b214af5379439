using System.Text.Json;
using System.Text.Json.Nodes;
using Orleans.Sessions.Gateway.Oidc.Endpoints;
using Orleans.Sessions.Gateway.Projects;
using Orleans.Sessions.Oidc;

namespace Orleans.Sessions.Gateway.Oidc.Tokens;

/// <summary>Adds to tokens what the registration of their client asks for: roles in projects, and claims about the person.</summary>
internal sealed class TokenClaims(UserClaims users, RoleClaims roles)
{
    /// <summary>The tokens of a registered client.</summary>
    public async Task<IssuedTokens> OfClientAsync(IssuedTokens issued, OidcClient client, CancellationToken cancellationToken)
    {
        var isJwt = issued.New.AccessToken is null;
        var known =
            client.HasRolesInIdTokens || (isJwt && client.HasRolesInAccessTokens)
                ? await RolesAsync(issued.Grant, client.ProjectId, cancellationToken)
                : [];
        var idToken = client.HasUserInfoInIdTokens ? await UserInfoAsync(issued.Grant, cancellationToken) : [];
        foreach (var (name, value) in client.HasRolesInIdTokens ? known : [])
        {
            idToken[name] = value;
        }

        return issued with
        {
            AccessTokenClaims = isJwt && client.HasRolesInAccessTokens ? known : [],
            IdTokenClaims = idToken,
            IdTokenAudiences = client.ProjectId is null ? [client.Id] : issued.Grant.Audiences,
            ClockSkew = client.ClockSkew ?? TimeSpan.Zero,
        };
    }

    /// <summary>The token of a service account. A JWT has the roles that its scopes ask for.</summary>
    public async Task<IssuedTokens> OfServiceAccountAsync(IssuedTokens issued, CancellationToken cancellationToken) =>
        issued.New.AccessToken is null
            ? issued with
            {
                AccessTokenClaims = await RolesAsync(issued.Grant, ownProjectId: null, cancellationToken),
            }
            : issued;

    private async Task<Dictionary<string, object>> RolesAsync(
        TokenGrant grant,
        string? ownProjectId,
        CancellationToken cancellationToken
    ) =>
        RoleDemand.Of(ownProjectId, grant.Scopes) is { } demand
            ? (await roles.OfAsync(grant.UserId, demand, cancellationToken)).ToDictionary(claim => claim.Key, claim => Element(claim.Value))
            : [];

    private async Task<Dictionary<string, object>> UserInfoAsync(TokenGrant grant, CancellationToken cancellationToken)
    {
        var claims = new Dictionary<string, object>();
        foreach (var (name, value) in await users.OfAsync(grant.UserId, grant.Scopes, cancellationToken))
        {
            if (value.Value is { } raw)
            {
                claims[name] = raw is JsonNode node ? Element(node) : raw;
            }
        }

        return claims;
    }

    /// <summary>JSON in the form that the library writes into tokens.</summary>
    private static object Element(JsonNode node)
    {
        using var document = JsonDocument.Parse(node.ToJsonString());
        return document.RootElement.Clone();
    }
}
