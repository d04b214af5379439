using System.ComponentModel.DataAnnotations;
using Orleans.Sessions.SigningKeys;

namespace Orleans.Sessions.Saml;

/// <summary>When the certificates that sign SAML messages are replaced; configuration section <c>Sessions:Saml:Certificates</c>.</summary>
public sealed class CertificateOptions : IValidatableObject
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Sessions:Saml:Certificates";

    /// <summary>How long a certificate signs before the next one does: 1 to 3650 days.</summary>
    public TimeSpan Lifetime { get; set; } = TimeSpan.FromDays(3 * 365);

    /// <summary>
    /// How long a certificate is in the metadata before it signs, so that every service provider has it: at least 10 minutes, and shorter
    /// than <see cref="Lifetime"/>.
    /// </summary>
    public TimeSpan Announcement { get; set; } = TimeSpan.FromDays(30);

    /// <summary>How long a certificate is in the metadata after its last signature: 1 hour to 3650 days.</summary>
    public TimeSpan Afterlife { get; set; } = TimeSpan.FromDays(2);

    internal KeySchedule Schedule => new(Lifetime, Announcement, Afterlife, Certified: true);

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        (string Key, bool IsValid, string Rule)[] rules =
        [
            (nameof(Lifetime), Lifetime >= TimeSpan.FromDays(1) && Lifetime <= TimeSpan.FromDays(3650), "must be 1 to 3650 days"),
            // Nodes keep keys for a minute.
            (
                nameof(Announcement),
                Announcement >= TimeSpan.FromMinutes(10) && Announcement < Lifetime,
                "must be at least 10 minutes and shorter than Lifetime"
            ),
            (nameof(Afterlife), Afterlife >= TimeSpan.FromHours(1) && Afterlife <= TimeSpan.FromDays(3650), "must be 1 hour to 3650 days"),
        ];
        return rules.Where(rule => !rule.IsValid).Select(rule => new ValidationResult($"{Section}:{rule.Key} {rule.Rule}.", [rule.Key]));
    }
}
