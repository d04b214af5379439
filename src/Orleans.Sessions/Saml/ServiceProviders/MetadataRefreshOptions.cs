using System.ComponentModel.DataAnnotations;

namespace Orleans.Sessions.Saml.ServiceProviders;

/// <summary>How often the metadata of service providers are read again; configuration section <c>Sessions:Saml:Metadata</c>.</summary>
public sealed class MetadataRefreshOptions : IValidatableObject
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Sessions:Saml:Metadata";

    /// <summary>
    /// The longest time until metadata at an address are read again: 1 hour to 7 days. What the metadata say (<c>cacheDuration</c>,
    /// <c>validUntil</c>) can make it shorter, but not shorter than 15 minutes.
    /// </summary>
    public TimeSpan RefreshInterval { get; set; } = TimeSpan.FromHours(6);

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (RefreshInterval < TimeSpan.FromHours(1) || RefreshInterval > TimeSpan.FromDays(7))
        {
            yield return new ValidationResult($"{Section}:{nameof(RefreshInterval)} must be 1 hour to 7 days.", [nameof(RefreshInterval)]);
        }
    }
}
