using System.ComponentModel.DataAnnotations;

namespace Orleans.Sessions.Saml.ServiceProviders;

/// <summary>
/// SAML service providers; configuration section <c>Sessions:Saml:ServiceProviders</c>, a list. Each silo puts them into the registry when
/// it starts; a service provider that leaves the configuration leaves the registry.
/// </summary>
public sealed class ConfiguredServiceProvidersOptions : IValidatableObject
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Sessions:Saml:ServiceProviders";

    /// <summary>The service providers.</summary>
    public IList<ConfiguredServiceProvider> ServiceProviders { get; } = [];

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        var checks = ServiceProviders.Select(provider => provider.Check()).ToList();
        return checks
            .Select((check, i) => check.Fault is { } fault ? $"{Section}:{i}: {fault}." : null)
            .Concat(
                ServiceProviders
                    .Select(provider => provider.Id)
                    .Concat(checks.Select(check => check.EntityId).OfType<string>().Select(entityId => $"entity id {entityId}"))
                    .GroupBy(name => name)
                    .Where(group => group.Count() > 1)
                    .Select(group => $"{Section}: '{group.Key}' is there twice.")
            )
            .OfType<string>()
            .Select(fault => new ValidationResult(fault));
    }

    /// <summary>
    /// Names a configured service provider that cannot be registered because a registered one has its entity id, and names that one;
    /// <c>null</c> if all can be registered.
    /// </summary>
    public string? ConflictWith(IEnumerable<ServiceProvider> registered)
    {
        var others = registered.Where(other => !other.IsConfigured).ToLookup(other => other.EntityId, StringComparer.Ordinal);
        return ServiceProviders
            .Select(
                (configured, i) =>
                {
                    var provider = ServiceProviderRules.Understand(configured.ToRegistration());
                    return others[provider.EntityId].FirstOrDefault(other => other.Id != provider.Id) is { } other
                        ? $"{Section}:{i}: '{provider.EntityId}' is registered by the API as '{other.Id}'. "
                            + "Delete that registration, or give this one its id."
                        : null;
                }
            )
            .FirstOrDefault(conflict => conflict is not null);
    }
}
