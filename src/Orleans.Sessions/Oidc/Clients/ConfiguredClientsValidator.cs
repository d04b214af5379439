using System.Collections.Immutable;
using Microsoft.Extensions.Options;

namespace Orleans.Sessions.Oidc.Clients;

/// <summary>Reports faults of configured clients when the host starts.</summary>
internal sealed class ConfiguredClientsValidator : IValidateOptions<ConfiguredClientsOptions>
{
    public ValidateOptionsResult Validate(string? name, ConfiguredClientsOptions options)
    {
        var faults = options
            .Clients.Select((client, i) => client.Fault() is { } fault ? $"{ConfiguredClientsOptions.Section}:{i}: {fault}." : null)
            .Concat(
                options
                    .Clients.GroupBy(client => client.Id)
                    .Where(group => group.Count() > 1)
                    .Select(group => $"{ConfiguredClientsOptions.Section}: '{group.Key}' is there twice.")
            )
            .OfType<string>()
            .ToImmutableArray();
        return faults.IsEmpty ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }
}
