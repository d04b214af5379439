using System.ComponentModel.DataAnnotations;
using Orleans.Sessions.SigningKeys;

namespace Orleans.Sessions.Saml;

/// <summary>The lifetimes of the SAML identity provider; configuration section <c>Sessions:Saml</c>.</summary>
public sealed class SamlOptions : IValidatableObject
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Sessions:Saml";

    /// <summary>How long a request waits for a login. Default 1 hour.</summary>
    public TimeSpan RequestLifetime { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How long a certificate signs before the next one replaces it. Default 3 years.</summary>
    public TimeSpan CertificateLifetime { get; set; } = TimeSpan.FromDays(3 * 365);

    /// <summary>
    /// How long a certificate is in the metadata before it signs, so that every service provider has it. Default 30 days.
    /// </summary>
    public TimeSpan CertificateAnnouncement { get; set; } = TimeSpan.FromDays(30);

    /// <summary>How long a certificate is in the metadata after its last signature. Default 2 days.</summary>
    public TimeSpan CertificateAfterlife { get; set; } = TimeSpan.FromDays(2);

    internal KeySchedule Keys => new(CertificateLifetime, CertificateAnnouncement, CertificateAfterlife, Certified: true);

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        (string Key, bool IsValid, string Rule)[] rules =
        [
            // A request must be kept for longer than it could be sent again.
            (nameof(RequestLifetime), RequestLifetime >= 3 * SamlRequest.Window && RequestLifetime <= TimeSpan.FromDays(1), "must be 15 minutes to 1 day"),
            (nameof(CertificateLifetime), CertificateLifetime >= TimeSpan.FromDays(1) && CertificateLifetime <= TimeSpan.FromDays(3650), "must be 1 to 3650 days"),
            // Nodes cache keys for one minute.
            (nameof(CertificateAnnouncement), CertificateAnnouncement >= TimeSpan.FromMinutes(10) && CertificateAnnouncement < CertificateLifetime, "must be at least 10 minutes and shorter than CertificateLifetime"),
            (nameof(CertificateAfterlife), CertificateAfterlife >= TimeSpan.FromHours(1), "must be at least 1 hour"),
        ];
        return rules.Where(rule => !rule.IsValid).Select(rule => new ValidationResult($"{Section}:{rule.Key} {rule.Rule}.", [rule.Key]));
    }
}
