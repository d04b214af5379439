using System.ComponentModel.DataAnnotations;
using Orleans.Sessions.Oidc.SigningKeys;

namespace Orleans.Sessions.Saml;

/// <summary>How long things of the SAML identity provider last; configuration section <c>Sessions:Saml</c>.</summary>
public sealed class SamlOptions : IValidatableObject
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Sessions:Saml";

    /// <summary>How far the clock of a service provider may be from ours, in both directions: requests and messages are taken within this time.</summary>
    public static readonly TimeSpan MessageWindow = TimeSpan.FromMinutes(5);

    /// <summary>How long a request waits for a login. Default 1 hour.</summary>
    public TimeSpan RequestLifetime { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How long a certificate signs before the next one does. Default 3 years.</summary>
    public TimeSpan CertificateLifetime { get; set; } = TimeSpan.FromDays(3 * 365);

    /// <summary>How long a certificate is in the metadata before it signs, so that every service provider has it. Default 30 days.</summary>
    public TimeSpan CertificateAnnouncement { get; set; } = TimeSpan.FromDays(30);

    /// <summary>How long a certificate is in the metadata after it has signed the last time. Default 2 days.</summary>
    public TimeSpan CertificateAfterlife { get; set; } = TimeSpan.FromDays(2);

    internal KeySchedule Keys => new(CertificateLifetime, CertificateAnnouncement, CertificateAfterlife, Certified: true);

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        (string Key, bool IsValid, string Rule)[] rules =
        [
            // A request must be remembered for longer than it could be sent again.
            (nameof(RequestLifetime), RequestLifetime >= 3 * MessageWindow && RequestLifetime <= TimeSpan.FromDays(1), "must be 15 minutes to 1 day"),
            (nameof(CertificateLifetime), CertificateLifetime >= TimeSpan.FromDays(1) && CertificateLifetime <= TimeSpan.FromDays(3650), "must be 1 to 3650 days"),
            // Nodes keep keys for a minute.
            (nameof(CertificateAnnouncement), CertificateAnnouncement >= TimeSpan.FromMinutes(10) && CertificateAnnouncement < CertificateLifetime, "must be at least 10 minutes and shorter than CertificateLifetime"),
            (nameof(CertificateAfterlife), CertificateAfterlife >= TimeSpan.FromHours(1), "must be at least 1 hour"),
        ];
        return rules.Where(rule => !rule.IsValid).Select(rule => new ValidationResult($"{Section}:{rule.Key} {rule.Rule}.", [rule.Key]));
    }
}
