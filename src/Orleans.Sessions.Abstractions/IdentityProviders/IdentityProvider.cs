using System.Collections.Immutable;
using System.Text;

namespace Orleans.Sessions;

/// <summary>An external OpenID Connect provider as clients see it: never its secret.</summary>
[GenerateSerializer, Immutable, Alias("sessions.IdentityProvider")]
public sealed record IdentityProvider
{
    /// <summary>The provider's id. Links of users name it, so it means the same provider for good.</summary>
    [Id(0)]
    public required string Id { get; init; }

    /// <summary>Where its record stands.</summary>
    [Id(1)]
    public required IdentityProviderDetails Details { get; init; }

    /// <summary>What it is called on login pages.</summary>
    [Id(2)]
    public required string Name { get; init; }

    /// <summary>The issuer, as in <c>iss</c> of its id tokens.</summary>
    [Id(3)]
    public required string Issuer { get; init; }

    /// <summary>What this service is called there.</summary>
    [Id(4)]
    public required string ClientId { get; init; }

    /// <summary>The scopes that are asked for.</summary>
    [Id(5)]
    public ImmutableArray<string> Scopes { get; init; } = [];

    /// <summary>Whether the person's data are taken from the id token instead of the userinfo endpoint.</summary>
    [Id(6)]
    public bool IsIdTokenMapping { get; init; }

    /// <summary>Whether logins are protected by PKCE.</summary>
    [Id(7)]
    public bool UsePkce { get; init; }

    /// <summary>What logins at it may lead to.</summary>
    [Id(8)]
    public IdentityProviderPolicy Policy { get; init; } = new();
}

/// <summary>What logins at an external provider may lead to (<c>zitadel.idp.v2.Options</c>).</summary>
[GenerateSerializer, Immutable, Alias("sessions.IdentityProviderPolicy")]
public sealed record IdentityProviderPolicy
{
    /// <summary>Whether existing users may be linked to it.</summary>
    [Id(0)]
    public bool IsLinkingAllowed { get; init; }

    /// <summary>Whether users may be created with a link to it.</summary>
    [Id(1)]
    public bool IsCreationAllowed { get; init; }

    /// <summary>Whether the login frontend is to create users without asking them.</summary>
    [Id(2)]
    public bool IsAutoCreation { get; init; }

    /// <summary>Whether the login frontend is to update users with what the provider says.</summary>
    [Id(3)]
    public bool IsAutoUpdate { get; init; }

    /// <summary>Whether a login of somebody who is not linked links the one user it belongs to.</summary>
    [Id(4)]
    public AutoLinking AutoLinking { get; init; }
}

/// <summary>How a login finds a user who is not linked; numbers are those of <c>zitadel.idp.v2.AutoLinkingOption</c>.</summary>
public enum AutoLinking
{
    /// <summary>Not at all.</summary>
    None = 0,

    /// <summary>The login name is the provider's <c>preferred_username</c>, and the verified e-mail address is the same too.</summary>
    UserName = 1,

    /// <summary>The verified e-mail address is the same.</summary>
    Email = 2,
}

/// <summary>Where a provider's record stands.</summary>
/// <param name="Sequence">How many changes the record has had, from 1.</param>
/// <param name="ChangeDate">When it was last changed.</param>
/// <param name="CreationDate">When it was created.</param>
/// <param name="ResourceOwner">The instance.</param>
[GenerateSerializer, Immutable, Alias("sessions.IdentityProviderDetails")]
public sealed record IdentityProviderDetails(
    [property: Id(0)] long Sequence,
    [property: Id(1)] DateTimeOffset ChangeDate,
    [property: Id(2)] DateTimeOffset CreationDate,
    [property: Id(3)] string ResourceOwner);

/// <summary>How a generic OpenID Connect provider is set up.</summary>
[GenerateSerializer, Immutable, Alias("sessions.OidcProviderSettings")]
public sealed record OidcProviderSettings
{
    /// <summary>What it is called on login pages, 1 to 200 characters.</summary>
    [Id(0)]
    public required string Name { get; init; }

    /// <summary>The issuer: an absolute https URL (http only on this machine), whose discovery document says the rest.</summary>
    [Id(1)]
    public required string Issuer { get; init; }

    /// <summary>What this service is called there, 1 to 200 characters.</summary>
    [Id(2)]
    public required string ClientId { get; init; }

    /// <summary>How this service proves itself there; empty: it cannot (and then PKCE is used), or, in an update, as before.</summary>
    [Id(3)]
    public string ClientSecret { get; init; } = "";

    /// <summary>The scopes to ask for besides <c>openid</c>; none: <c>profile</c> and <c>email</c>. At most 20.</summary>
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

    // Records print their members; a secret must not end up in a log that way.
    private bool PrintMembers(StringBuilder builder)
    {
        builder.Append("Name = ").Append(Name).Append(", Issuer = ").Append(Issuer).Append(", ClientId = ").Append(ClientId);
        return true;
    }
}
