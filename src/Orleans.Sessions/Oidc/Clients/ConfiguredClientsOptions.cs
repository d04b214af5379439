using System.ComponentModel.DataAnnotations;

namespace Orleans.Sessions.Oidc.Clients;

/// <summary>
/// OpenID Connect clients; configuration section <c>Sessions:Oidc:Clients</c>, a list that must be the same on every node. Each silo puts
/// them into the registry when it starts; a client that leaves the configuration leaves the registry.
/// </summary>
public sealed class ConfiguredClientsOptions : IValidatableObject
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Sessions:Oidc:Clients";

    /// <summary>The clients.</summary>
    public IList<ConfiguredClient> Clients { get; } = [];

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        Clients
            .Select((client, i) => client.Fault() is { } fault ? $"{Section}:{i}: {fault}." : null)
            .Concat(
                Clients
                    .GroupBy(client => client.Id)
                    .Where(group => group.Count() > 1)
                    .Select(group => $"{Section}: '{group.Key}' is there twice.")
            )
            .OfType<string>()
            .Select(fault => new ValidationResult(fault));
}
