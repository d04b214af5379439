using System.ComponentModel.DataAnnotations;
using System.Net;

namespace Orleans.Sessions.Gateway.Organizations;

/// <summary>How domains of organizations are verified; configuration section <c>Sessions:Organizations:Domains</c>.</summary>
public sealed class DomainProofOptions : IValidatableObject
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Sessions:Organizations:Domains";

    /// <summary>
    /// The name servers that are asked for TXT records: IP addresses, with a port if it is not 53 (<c>192.0.2.53:5353</c>). None: those of
    /// the operating system.
    /// </summary>
    public IList<string> NameServers { get; } = [];

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        for (var i = 0; i < NameServers.Count; i++)
        {
            if (!IPEndPoint.TryParse(NameServers[i], out _))
            {
                yield return new ValidationResult(
                    $"{Section}:{nameof(NameServers)}:{i} must be an IP address, with or without a port.",
                    [nameof(NameServers)]
                );
            }
        }
    }
}
