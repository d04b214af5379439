using Orleans.Sessions.Gateway.Cluster;
using Orleans.Sessions.Oidc;

namespace Orleans.Sessions.Gateway.Oidc.Tokens;

/// <summary>
/// Says what a personal access token stands for at userinfo and introspection. Its service account is its client, and whoever is shown the
/// token may ask about it.
/// </summary>
internal sealed class PersonalAccessTokens(Grains grains)
{
    private const string Prefix = "pat_";

    /// <summary>The scopes of all personal access tokens.</summary>
    private static readonly string[] s_scopes =
    [
        "openid",
        "profile",
        "urn:zitadel:iam:user:metadata",
        "urn:zitadel:iam:user:resourceowner",
        OidcScopes.AllRoles,
    ];

    /// <summary>Whether a token has the form of a personal access token.</summary>
    public static bool IsOne(string token) => token.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>
    /// What the token stands for. <paramref name="asker"/> is the client that introspects it. Fails with <c>AUTH-7fs1e</c> if it is not
    /// active.
    /// </summary>
    public async Task<TokenGrant> VerifyAsync(string token, OidcClient? asker, string issuer, CancellationToken cancellationToken)
    {
        if (!PersonalAccessToken.TryParse(token, out var userId, out var tokenId))
        {
            throw new SessionException(SessionErrors.TokenInvalid);
        }

        await grains.CallAsync(() => grains.User(userId).AuthenticateAsync(token), cancellationToken);
        var known = await grains.CallAsync(() => grains.User(userId).ListPersonalAccessTokensAsync(Caller.InCluster), cancellationToken);
        var own = known.FirstOrDefault(one => one.Id == tokenId) ?? throw new SessionException(SessionErrors.TokenInvalid);
        return new TokenGrant
        {
            AuthorizationId = "",
            TokenId = "",
            ClientId = userId,
            Issuer = issuer,
            UserId = userId,
            Scopes = [.. s_scopes],
            Audiences = asker is null ? [userId] : [asker.Id, .. asker.ProjectId is { } projectId ? [projectId] : Array.Empty<string>()],
            IssuedAt = own.CreatedAt,
            ExpiresAt = own.ExpiresAt ?? DateTimeOffset.MaxValue,
        };
    }
}
