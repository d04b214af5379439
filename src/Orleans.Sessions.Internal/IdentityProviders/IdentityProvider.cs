using System.Collections.Immutable;
using System.Text;

namespace Orleans.Sessions;

/// <summary>An external OpenID Connect provider as clients see it, without its secret.</summary>
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

    /// <summary>The issuer, as in <c>iss</c> of the provider's id tokens.</summary>
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
}

/// <summary>What a login at an external provider may do (<c>zitadel.idp.v2.Options</c>).</summary>
[GenerateSerializer, Immutable, Alias("sessions.IdentityProviderPolicy")]
public sealed record IdentityProviderPolicy
{
    /// <summary>Whether existing users may be linked to the provider.</summary>
    [Id(0)]
    public bool IsLinkingAllowed { get; init; }

    /// <summary>Whether users may be created with a link to the provider.</summary>
    [Id(1)]
    public bool IsCreationAllowed { get; init; }

    /// <summary>Whether the login frontend should create users without asking them.</summary>
    [Id(2)]
    public bool IsAutoCreation { get; init; }

    /// <summary>Whether the login frontend should update users with the provider's data.</summary>
    [Id(3)]
    public bool IsAutoUpdate { get; init; }

    /// <summary>How a login of a person who is not linked finds the user to link.</summary>
    [Id(4)]
    public AutoLinking AutoLinking { get; init; }
}

/// <summary>How a login finds the user to link. The numbers are those of <c>zitadel.idp.v2.AutoLinkingOption</c>.</summary>
public enum AutoLinking
{
    /// <summary>The login links no user.</summary>
    None = 0,

    /// <summary>
    /// By login name: it must equal the provider's <c>preferred_username</c>, and the verified e-mail addresses must be equal too.
    /// </summary>
    UserName = 1,

    /// <summary>By e-mail address: the verified e-mail addresses must be equal.</summary>
    Email = 2,
}

/// <summary>The state of a provider's record.</summary>
/// <param name="Sequence">The number of changes of the record, starting at 1.</param>
/// <param name="ChangeDate">When it was last changed.</param>
/// <param name="CreationDate">When it was created.</param>
/// <param name="ResourceOwner">The instance.</param>
[GenerateSerializer, Immutable, Alias("sessions.IdentityProviderDetails")]
public sealed record IdentityProviderDetails(
    [property: Id(0)] long Sequence,
    [property: Id(1)] DateTimeOffset ChangeDate,
    [property: Id(2)] DateTimeOffset CreationDate,
    [property: Id(3)] string ResourceOwner
);

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
