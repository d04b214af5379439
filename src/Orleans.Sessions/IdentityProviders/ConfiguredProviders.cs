using System.ComponentModel.DataAnnotations;

namespace Orleans.Sessions.IdentityProviders;

/// <summary>
/// External providers; configuration section <c>Sessions:IdentityProviders</c>, a list that must be the same on every node. More can be
/// added at run time.
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
            else if (ProviderRules.Refusal(provider.Settings) is { } refusal)
            {
                yield return new ValidationResult($"{Section}:{i}: {refusal.Text}.");
            }
        }
    }
}
