using System.Collections.Immutable;
using System.Text;

namespace Orleans.Sessions;

/// <summary>The settings of a provider of any <see cref="Kind"/>.</summary>
/// <remarks>Nodes of other versions know the type by its alias, which therefore stays.</remarks>
[GenerateSerializer, Immutable, Alias("sessions.OidcProviderSettings")]
public sealed record ProviderSettings
{
    /// <summary>The name of the provider on login pages, 1 to 200 characters.</summary>
    [Id(0)]
    public required string Name { get; init; }

    /// <summary>
    /// The issuer: an absolute https URL (http only for this machine). Its discovery document has the other addresses. Kinds that have one
    /// issuer need not name it. For Entra ID it is the address before the tenant. Kinds with <see cref="OAuth"/> have none. For
    /// <see cref="ProviderKind.Jwt"/> it is any text of 1 to 200 characters.
    /// </summary>
    [Id(1)]
    public string Issuer { get; init; } = "";

    /// <summary>
    /// The client id of this service at the provider, 1 to 200 characters; empty for <see cref="ProviderKind.Jwt"/>.
    /// </summary>
    [Id(2)]
    public required string ClientId { get; init; }

    /// <summary>
    /// The secret with which this service authenticates at the provider, at most 200 characters; for Apple, the private key as PEM. Empty:
    /// for a new provider, there is no secret, and PKCE is used; in an update, the stored secret stays.
    /// </summary>
    [Id(3)]
    public string ClientSecret { get; init; } = "";

    /// <summary>The scopes to ask for besides those that the kind always asks for, at most 20. If empty: those of the kind.</summary>
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

    /// <inheritdoc cref="IdentityProvider.Kind"/>
    [Id(8)]
    public ProviderKind Kind { get; init; }

    /// <inheritdoc cref="IdentityProvider.OAuth"/>
    [Id(9)]
    public OAuthEndpoints? OAuth { get; init; }

    /// <inheritdoc cref="IdentityProvider.Entra"/>
    [Id(10)]
    public EntraSettings? Entra { get; init; }

    /// <inheritdoc cref="IdentityProvider.Apple"/>
    [Id(11)]
    public AppleSettings? Apple { get; init; }

    /// <inheritdoc cref="IdentityProvider.Jwt"/>
    [Id(12)]
    public JwtSettings? Jwt { get; init; }

    // Records print their members. This keeps the secret out of logs.
    private bool PrintMembers(StringBuilder builder)
    {
        builder.Append("Kind = ").Append(Kind).Append(", Name = ").Append(Name).Append(", ClientId = ").Append(ClientId);
        return true;
    }
}
