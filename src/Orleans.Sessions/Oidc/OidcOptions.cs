using System.ComponentModel.DataAnnotations;
using Orleans.Sessions.SigningKeys;

namespace Orleans.Sessions.Oidc;

/// <summary>The lifetimes of the OpenID Connect provider; configuration section <c>Sessions:Oidc</c>.</summary>
public sealed class OidcOptions : IValidatableObject
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Sessions:Oidc";

    /// <summary>How long an authorization request waits for a login. Default 1 hour.</summary>
    public TimeSpan RequestLifetime { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How long an authorization code is valid. Default 1 minute.</summary>
    public TimeSpan CodeLifetime { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How long a key signs before the next key replaces it. Default 90 days.</summary>
    public TimeSpan KeyLifetime { get; set; } = TimeSpan.FromDays(90);

    /// <summary>How long a key is published before it signs, so that every copy of the key set contains it. Default 1 hour.</summary>
    public TimeSpan KeyAnnouncement { get; set; } = TimeSpan.FromHours(1);

    /// <summary>
    /// How long a key is published after its last signature. This is longer than any token lives, because id tokens come back as hints when
    /// people log out. Default 30 days.
    /// </summary>
    public TimeSpan KeyAfterlife { get; set; } = TimeSpan.FromDays(30);

    /// <summary>Back-channel logout.</summary>
    public LogoutOptions Logout { get; set; } = new();

    internal KeySchedule Keys => new(KeyLifetime, KeyAnnouncement, KeyAfterlife, Certified: false);

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        (string Key, bool IsValid, string Rule)[] rules =
        [
            (nameof(RequestLifetime), RequestLifetime >= TimeSpan.FromMinutes(1) && RequestLifetime <= TimeSpan.FromDays(1), "must be 1 minute to 1 day"),
            (nameof(CodeLifetime), CodeLifetime >= TimeSpan.FromSeconds(5) && CodeLifetime <= TimeSpan.FromMinutes(10), "must be 5 seconds to 10 minutes"),
            (nameof(KeyLifetime), KeyLifetime >= TimeSpan.FromHours(1), "must be at least 1 hour"),
            // Nodes cache keys for one minute, and clients are told to cache them for five.
            (nameof(KeyAnnouncement), KeyAnnouncement >= TimeSpan.FromMinutes(10) && KeyAnnouncement < KeyLifetime, "must be at least 10 minutes and shorter than KeyLifetime"),
            // No token may live longer than one day.
            (nameof(KeyAfterlife), KeyAfterlife >= TimeSpan.FromDays(1), "must be at least 1 day"),
            ("Logout:PollInterval", Logout.PollInterval >= TimeSpan.FromMilliseconds(50) && Logout.PollInterval <= TimeSpan.FromMinutes(1), "must be 50 milliseconds to 1 minute"),
            ("Logout:Attempts", Logout.Attempts is >= 1 and <= 50, "must be 1 to 50"),
            ("Logout:Timeout", Logout.Timeout >= TimeSpan.FromSeconds(1) && Logout.Timeout <= TimeSpan.FromSeconds(30), "must be 1 to 30 seconds"),
            ("Logout:Retention", Logout.Retention >= TimeSpan.FromMinutes(1), "must be at least 1 minute"),
        ];
        return rules.Where(rule => !rule.IsValid).Select(rule => new ValidationResult($"{Section}:{rule.Key} {rule.Rule}.", [rule.Key]));
    }

    /// <summary>How clients are notified that a session ended.</summary>
    public sealed class LogoutOptions
    {
        /// <summary>How often each silo looks for due notifications. Default half a second.</summary>
        public TimeSpan PollInterval { get; set; } = TimeSpan.FromMilliseconds(500);

        /// <summary>
        /// How many attempts are made for a client that does not answer, with growing pauses. Default 10, over about six hours.
        /// </summary>
        public int Attempts { get; set; } = 10;

        /// <summary>The maximum time for a client's answer. Default 5 seconds.</summary>
        public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(5);

        /// <summary>How long the ledger keeps notifications. Default 30 days.</summary>
        public TimeSpan Retention { get; set; } = TimeSpan.FromDays(30);
    }
}
