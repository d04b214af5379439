using System.Collections.Immutable;
using Orleans.Sessions.Registries;

namespace Orleans.Sessions.IdentityProviders;

/// <summary>
/// What the settings of a kind of provider must be, and what they are where an administrator leaves them to the kind. The rules are pure:
/// they hold for providers of the configuration, too. How people log in is in the <see cref="IProviderKind"/>.
/// </summary>
internal sealed record KindRules
{
    /// <summary>Whether administrators name the issuer, so that it is checked when the provider is registered.</summary>
    public bool NamesIssuer { get; init; }

    /// <summary>Whether this service is a client of the provider, with an id.</summary>
    public bool HasClient { get; init; } = true;

    /// <summary>The scopes that every login asks for.</summary>
    public ImmutableArray<string> RequiredScopes { get; init; } = [];

    /// <summary>The scopes besides these, if the settings name none.</summary>
    public ImmutableArray<string> DefaultScopes { get; init; } = [];

    /// <summary>The maximum length of the client secret, in characters.</summary>
    public int MaxSecret { get; init; } = 200;

    /// <summary>The error of a provider without a secret; <c>null</c> if it may have none.</summary>
    public SessionError? SecretMissing { get; init; }

    /// <summary>The settings with what the kind knows by itself.</summary>
    public Func<ProviderSettings, ProviderSettings> Complete { get; init; } = settings => settings;

    /// <summary>The rules of the members that only this kind has, for complete settings, in the order in which they are checked.</summary>
    public FieldRules<ProviderSettings> Rules { get; init; } = new();
}
