using System.Collections.Immutable;
using Orleans.Sessions.Oidc;

namespace Orleans.Sessions.Gateway.Oidc.Clients;

/// <summary>The caller of the token endpoint: a registered client, or a service account that acts as a client.</summary>
/// <param name="Client">The client.</param>
/// <param name="UserId">The service account's user id; <c>null</c> for registered clients.</param>
internal sealed record AuthenticatedClient(OidcClient Client, string? UserId = null)
{
    /// <summary>Whether the client has authenticated. Anyone can claim to be a public client.</summary>
    public bool IsProved => Client.Authentication != ClientAuthentication.None;

    /// <summary>A service account as a client. It may only act for itself.</summary>
    public static AuthenticatedClient OfServiceAccount(string clientId, string userId) =>
        new(
            new OidcClient
            {
                Id = clientId,
                Authentication = ClientAuthentication.SecretBasic,
                GrantTypes = ImmutableArray.Create(OidcGrantTypes.ClientCredentials),
                AccessTokenType = AccessTokenType.Opaque,
            },
            userId
        );
}
