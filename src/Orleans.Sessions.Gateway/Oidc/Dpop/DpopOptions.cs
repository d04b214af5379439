using System.ComponentModel.DataAnnotations;

namespace Orleans.Sessions.Gateway.Oidc.Dpop;

/// <summary>
/// How clients prove the key to which their tokens are bound (DPoP, RFC 9449); configuration section <c>Sessions:Oidc:Dpop</c>.
/// </summary>
public sealed class DpopOptions : IValidatableObject
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Sessions:Oidc:Dpop";

    /// <summary>How long a proof is good after it was made: 10 seconds to 10 minutes.</summary>
    public TimeSpan ProofLifetime { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Which clients must repeat a nonce of this service in their proofs: <c>Fapi2</c>, <c>Never</c> or <c>Always</c>.</summary>
    public DpopNonceDemand Nonces { get; set; }

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (ProofLifetime < TimeSpan.FromSeconds(10) || ProofLifetime > TimeSpan.FromMinutes(10))
        {
            yield return new ValidationResult(
                $"{Section}:{nameof(ProofLifetime)} must be 10 seconds to 10 minutes.",
                [nameof(ProofLifetime)]
            );
        }

        if (!Enum.IsDefined(Nonces))
        {
            yield return new ValidationResult($"{Section}:{nameof(Nonces)} must be Fapi2, Never or Always.", [nameof(Nonces)]);
        }
    }
}
