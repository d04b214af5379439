using System.Collections.Immutable;
using OpenIddict.Server;
using Orleans.Sessions.Oidc;

namespace Orleans.Sessions.Gateway.Oidc.Clients;

/// <summary>The caller of the token endpoint: a registered client, or a service account that acts as a client.</summary>
/// <param name="Client">The client.</param>
/// <param name="UserId">The service account's user id; <c>null</c> for registered clients.</param>
internal sealed record AuthenticatedClient(OidcClient Client, string? UserId = null)
{
    private static readonly string s_property = typeof(AuthenticatedClient).FullName!;

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

    /// <summary>The client of a request; <c>null</c> if the request did not have to name a client.</summary>
    public static AuthenticatedClient? Of(OpenIddictServerTransaction transaction) =>
        transaction.GetProperty<AuthenticatedClient>(s_property);

    /// <summary>Remembers the client for the rest of the request.</summary>
    public void AttachTo(OpenIddictServerTransaction transaction) => transaction.SetProperty(s_property, this);
}
