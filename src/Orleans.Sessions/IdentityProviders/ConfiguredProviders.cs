using System.ComponentModel.DataAnnotations;

namespace Orleans.Sessions.IdentityProviders;

/// <summary>
/// External OpenID Connect providers; configuration section <c>Sessions:IdentityProviders</c>, a list that must be the same on every node.
/// More can be added at run time.
/// </summary>
internal sealed class ConfiguredProviders : IValidatableObject
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Sessions:IdentityProviders";

    /// <summary>The providers.</summary>
    public IList<ConfiguredProvider> Providers { get; } = [];

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        for (var i = 0; i < Providers.Count; i++)
        {
            var provider = Providers[i];
            if (provider.Id is not { Length: > 0 and <= 200 } || Providers.Count(other => other.Id == provider.Id) > 1)
            {
                yield return new ValidationResult(
                    $"{Section}:{i}:{nameof(provider.Id)} must have 1 to 200 characters and name one provider."
                );
            }
            else if (ProviderRules.Fault(provider.Settings) is { } fault)
            {
                yield return new ValidationResult($"{Section}:{i}: {fault.Text}.");
            }
        }
    }
}

/// <summary>A generic OpenID Connect provider in the configuration.</summary>
internal sealed class ConfiguredProvider
{
    /// <summary>The provider's id, 1 to 200 characters. Users' links contain it, so it must always mean the same provider.</summary>
    public string Id { get; set; } = "";

    /// <inheritdoc cref="OidcProviderSettings.Name"/>
    public string Name { get; set; } = "";

    /// <inheritdoc cref="OidcProviderSettings.Issuer"/>
    public string Issuer { get; set; } = "";

    /// <inheritdoc cref="OidcProviderSettings.ClientId"/>
    public string ClientId { get; set; } = "";

    /// <summary>The secret with which this service proves itself there. Empty: it has none, and PKCE is used.</summary>
    public string ClientSecret { get; set; } = "";

    /// <inheritdoc cref="OidcProviderSettings.Scopes"/>
    public IList<string> Scopes { get; } = [];

    /// <inheritdoc cref="IdentityProvider.IsIdTokenMapping"/>
    public bool IsIdTokenMapping { get; set; }

    /// <summary>Whether PKCE protects logins.</summary>
    public bool UsePkce { get; set; } = true;

    /// <summary>Whether existing users may be linked to it.</summary>
    public bool IsLinkingAllowed { get; set; } = true;

    /// <summary>Whether users may be created with a link to it.</summary>
    public bool IsCreationAllowed { get; set; } = true;

    /// <inheritdoc cref="IdentityProviderPolicy.IsAutoCreation"/>
    public bool IsAutoCreation { get; set; }

    /// <inheritdoc cref="IdentityProviderPolicy.IsAutoUpdate"/>
    public bool IsAutoUpdate { get; set; }

    /// <inheritdoc cref="IdentityProviderPolicy.AutoLinking"/>
    public AutoLinking AutoLinking { get; set; }

    internal OidcProviderSettings Settings =>
        new()
        {
            Name = Name,
            Issuer = Issuer,
            ClientId = ClientId,
            ClientSecret = ClientSecret,
            Scopes = [.. Scopes],
            IsIdTokenMapping = IsIdTokenMapping,
            UsePkce = UsePkce,
            Policy = new IdentityProviderPolicy
            {
                IsLinkingAllowed = IsLinkingAllowed,
                IsCreationAllowed = IsCreationAllowed,
                IsAutoCreation = IsAutoCreation,
                IsAutoUpdate = IsAutoUpdate,
                AutoLinking = AutoLinking,
            },
        };
}
