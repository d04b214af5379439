using System.Collections.Immutable;

namespace Orleans.Sessions;

/// <summary>An external provider as clients see it, without its secret.</summary>
[GenerateSerializer, Immutable, Alias("sessions.IdentityProvider")]
public sealed record IdentityProvider
{
    /// <summary>The provider's id. Links of users refer to it, so an id always means the same provider.</summary>
    [Id(0)]
    public required string Id { get; init; }

    /// <summary>The state of the provider's record.</summary>
    [Id(1)]
    public required IdentityProviderDetails Details { get; init; }

    /// <summary>The name of the provider on login pages.</summary>
    [Id(2)]
    public required string Name { get; init; }

    /// <summary>The issuer, as in <c>iss</c> of the provider's id tokens; empty for kinds without id tokens.</summary>
    [Id(3)]
    public required string Issuer { get; init; }

    /// <summary>The client id of this service at the provider.</summary>
    [Id(4)]
    public required string ClientId { get; init; }

    /// <summary>The scopes that this service asks for.</summary>
    [Id(5)]
    public ImmutableArray<string> Scopes { get; init; } = [];

    /// <summary>Whether the person's data comes from the id token instead of the userinfo endpoint.</summary>
    [Id(6)]
    public bool IsIdTokenMapping { get; init; }

    /// <summary>Whether logins are protected by PKCE.</summary>
    [Id(7)]
    public bool UsePkce { get; init; }

    /// <summary>What a login at this provider may do.</summary>
    [Id(8)]
    public IdentityProviderPolicy Policy { get; init; } = new();

    /// <summary>The kind of the provider. It never changes.</summary>
    [Id(9)]
    public ProviderKind Kind { get; init; }

    /// <summary>The endpoints, for kinds without a discovery document.</summary>
    [Id(10)]
    public OAuthEndpoints? OAuth { get; init; }

    /// <summary>What only Entra ID has.</summary>
    [Id(11)]
    public EntraSettings? Entra { get; init; }

    /// <summary>What only Apple has.</summary>
    [Id(12)]
    public AppleSettings? Apple { get; init; }

    /// <summary>What only <see cref="ProviderKind.Jwt"/> has.</summary>
    [Id(13)]
    public JwtSettings? Jwt { get; init; }
}
