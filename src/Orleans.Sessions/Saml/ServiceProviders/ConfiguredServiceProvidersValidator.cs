using System.Collections.Immutable;
using Microsoft.Extensions.Options;

namespace Orleans.Sessions.Saml.ServiceProviders;

/// <summary>Reports faults of configured service providers when the host starts.</summary>
internal sealed class ConfiguredServiceProvidersValidator : IValidateOptions<ConfiguredServiceProvidersOptions>
{
    public ValidateOptionsResult Validate(string? name, ConfiguredServiceProvidersOptions options)
    {
        var checks = options.ServiceProviders.Select(provider => provider.Check()).ToList();
        var faults = checks
            .Select((check, i) => check.Fault is { } fault ? $"{ConfiguredServiceProvidersOptions.Section}:{i}: {fault}." : null)
            .Concat(
                options
                    .ServiceProviders.Select(provider => provider.Id)
                    .Concat(checks.Select(check => check.EntityId).OfType<string>().Select(entityId => $"entity id {entityId}"))
                    .GroupBy(name => name)
                    .Where(group => group.Count() > 1)
                    .Select(group => $"{ConfiguredServiceProvidersOptions.Section}: '{group.Key}' is there twice.")
            )
            .OfType<string>()
            .ToImmutableArray();
        return faults.IsEmpty ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
}
