using System.Collections.Immutable;
using OpenIddict.Server;
using Orleans.Sessions.Oidc;

namespace Orleans.Sessions.Gateway.Oidc.Clients;

/// <summary>Who talks to the token endpoint: a registered client, or a service account that names itself as one.</summary>
/// <param name="Client">The client.</param>
/// <param name="UserId">The service account's user id; <c>null</c> for registered clients.</param>
internal sealed record AuthenticatedClient(OidcClient Client, string? UserId = null)
{
    private static readonly string s_property = typeof(AuthenticatedClient).FullName!;

    /// <summary>Whether it has proved who it is; a public client is whoever says so.</summary>
    public bool IsProved => Client.Authentication != ClientAuthentication.None;

    /// <summary>A service account as a client: it may only speak for itself.</summary>
    public static AuthenticatedClient OfServiceAccount(string clientId, string userId) => new(
        new OidcClient
        {
            Id = clientId,
            Authentication = ClientAuthentication.SecretBasic,
            GrantTypes = ImmutableArray.Create(OidcGrantTypes.ClientCredentials),
            AccessTokenType = AccessTokenType.Opaque,
        },
        userId);

    /// <summary>The client of a request; <c>null</c>: it did not have to name one.</summary>
    public static AuthenticatedClient? Of(OpenIddictServerTransaction transaction) => transaction.GetProperty<AuthenticatedClient>(s_property);

    /// <summary>Remembers the client for the rest of the request.</summary>
    public void AttachTo(OpenIddictServerTransaction transaction) => transaction.SetProperty(s_property, this);
}
