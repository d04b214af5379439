using System.ComponentModel.DataAnnotations;
using Orleans.Sessions.Oidc;

namespace Orleans.Sessions.Gateway.Oidc;

/// <summary>
/// Claims about users that all clients get in addition to those of the protocol; configuration section <c>Sessions:Oidc:Claims</c>, a
/// list.
/// </summary>
public sealed class ConfiguredClaimsOptions : IValidatableObject
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Sessions:Oidc:Claims";

    /// <summary>The claims.</summary>
    public IList<ConfiguredClaim> Claims { get; } = [];

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        ClaimRules.FaultOf([.. Claims.Select(claim => claim.ToRule())]) is { } fault
            ? [new ValidationResult($"{Section}: {fault.Text}.")]
            : [];
}
