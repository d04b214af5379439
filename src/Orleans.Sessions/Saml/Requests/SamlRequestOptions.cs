using System.ComponentModel.DataAnnotations;

namespace Orleans.Sessions.Saml.Requests;

/// <summary>How long SAML requests wait; configuration section <c>Sessions:Saml:Requests</c>.</summary>
public sealed class SamlRequestOptions : IValidatableObject
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Sessions:Saml:Requests";

    /// <summary>How long a request waits for a login: 15 minutes to 1 day.</summary>
    public TimeSpan Lifetime { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How long an artifact can be resolved after a login: 10 seconds to 5 minutes.</summary>
    public TimeSpan ArtifactLifetime { get; set; } = TimeSpan.FromMinutes(1);

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        // A request must be remembered for longer than it could be sent again.
        if (Lifetime < 3 * SamlRequest.Window || Lifetime > TimeSpan.FromDays(1))
        {
            yield return new ValidationResult($"{Section}:{nameof(Lifetime)} must be 15 minutes to 1 day.", [nameof(Lifetime)]);
        }

        if (ArtifactLifetime < TimeSpan.FromSeconds(10) || ArtifactLifetime > TimeSpan.FromMinutes(5))
        {
            yield return new ValidationResult(
                $"{Section}:{nameof(ArtifactLifetime)} must be 10 seconds to 5 minutes.",
                [nameof(ArtifactLifetime)]
            );
        }
    }
}
