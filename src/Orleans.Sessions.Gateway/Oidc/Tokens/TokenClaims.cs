using System.Buffers;
using System.Text.Json;
using OpenIddict.Abstractions;
using Orleans.Sessions.Gateway.Oidc.Endpoints;
using Orleans.Sessions.Gateway.Projects;
using Orleans.Sessions.Oidc;

namespace Orleans.Sessions.Gateway.Oidc.Tokens;

/// <summary>Adds to tokens what the registration of their client asks for: roles in projects, and claims about the person.</summary>
internal sealed class TokenClaims(UserClaims users, RoleClaims roles, FurtherClaims further)
{
    /// <summary>The tokens of a registered client.</summary>
    public async Task<IssuedTokens> OfClientAsync(IssuedTokens issued, OidcClient client, CancellationToken cancellationToken)
    {
        var isJwt = issued.New.AccessToken is null;
        var known =
            client.HasRolesInIdTokens || (isJwt && client.HasRolesInAccessTokens)
                ? await RolesAsync(issued.Grant, client.ProjectId, cancellationToken)
                : [];
        var idToken = client.HasUserInfoInIdTokens && !issued.Grant.IsForClient ? await UserInfoAsync(issued.Grant, cancellationToken) : [];
        foreach (var (name, value) in await users.NamedAsync(issued.Grant.UserId, issued.Grant.IdTokenClaims, cancellationToken))
        {
            idToken[name] = Element(value);
        }

        foreach (var (name, value) in client.HasRolesInIdTokens ? known : [])
        {
            idToken[name] = value;
        }

        await AddFurtherAsync(idToken, issued.Grant, client, ClaimTarget.IdToken, cancellationToken);
        Dictionary<string, object> accessToken = isJwt && client.HasRolesInAccessTokens ? new(known) : [];
        if (isJwt)
        {
            await AddFurtherAsync(accessToken, issued.Grant, client, ClaimTarget.AccessToken, cancellationToken);
        }

        if (isJwt && ActorClaim.Of(issued.Grant.Actors) is { } actor)
        {
            accessToken[ActorClaim.Name] = Element(actor);
        }

        return issued with
        {
            AccessTokenClaims = accessToken,
            IdTokenClaims = idToken,
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

    private async Task AddFurtherAsync(
        Dictionary<string, object> claims,
        TokenGrant grant,
        OidcClient client,
        ClaimTarget target,
        CancellationToken cancellationToken
    )
    {
        if (grant.IsForClient)
        {
            return;
        }

        foreach (var (name, value) in await further.OfAsync(grant.UserId, client, target, cancellationToken))
        {
            claims[name] = Element(value);
        }
    }

    private async Task<Dictionary<string, object>> RolesAsync(
        TokenGrant grant,
        string? ownProjectId,
        CancellationToken cancellationToken
    ) =>
        RoleDemand.Of(ownProjectId, grant) is { } demand
            ? (await roles.OfAsync(grant.UserId, demand, cancellationToken)).ToDictionary(
                claim => claim.Key,
                object (claim) => Element(claim.Value)
            )
            : [];

    private async Task<Dictionary<string, object>> UserInfoAsync(TokenGrant grant, CancellationToken cancellationToken) =>
        (await users.OfAsync(grant.UserId, grant.Scopes, cancellationToken)).ToDictionary(
            claim => claim.Key,
            object (claim) => Element(claim.Value)
        );

    /// <summary>The value in the form that the library writes into tokens.</summary>
    private static JsonElement Element(OpenIddictParameter value)
    {
        var json = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(json))
        {
            value.WriteTo(writer);
        }

        using var document = JsonDocument.Parse(json.WrittenMemory);
        return document.RootElement.Clone();
    }
}
