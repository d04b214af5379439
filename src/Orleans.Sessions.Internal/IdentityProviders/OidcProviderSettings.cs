using System.Collections.Immutable;
using System.Text;

namespace Orleans.Sessions;

/// <summary>The settings of a generic OpenID Connect provider.</summary>
[GenerateSerializer, Immutable, Alias("sessions.OidcProviderSettings")]
public sealed record OidcProviderSettings
{
    /// <summary>The name of the provider on login pages, 1 to 200 characters.</summary>
    [Id(0)]
    public required string Name { get; init; }

    /// <summary>The issuer: an absolute https URL (http only for this machine). Its discovery document has the other addresses.</summary>
    [Id(1)]
    public required string Issuer { get; init; }

    /// <summary>The client id of this service at the provider, 1 to 200 characters.</summary>
    [Id(2)]
    public required string ClientId { get; init; }

    /// <summary>
    /// The secret with which this service authenticates at the provider. Empty: for a new provider, there is no secret, and PKCE is used;
    /// in an update, the stored secret stays.
    /// </summary>
    [Id(3)]
    public string ClientSecret { get; init; } = "";

    /// <summary>The scopes to ask for besides <c>openid</c>, at most 20. If empty: <c>profile</c> and <c>email</c>.</summary>
    [Id(4)]
    public ImmutableArray<string> Scopes { get; init; } = [];

    /// <inheritdoc cref="IdentityProvider.IsIdTokenMapping"/>
    [Id(5)]
    public bool IsIdTokenMapping { get; init; }

    /// <inheritdoc cref="IdentityProvider.UsePkce"/>
    [Id(6)]
    public bool UsePkce { get; init; }

    /// <inheritdoc cref="IdentityProvider.Policy"/>
    [Id(7)]
    public IdentityProviderPolicy Policy { get; init; } = new();

    // Records print their members. This keeps the secret out of logs.
    private bool PrintMembers(StringBuilder builder)
    {
        builder.Append("Name = ").Append(Name).Append(", Issuer = ").Append(Issuer).Append(", ClientId = ").Append(ClientId);
        return true;
    }
}
