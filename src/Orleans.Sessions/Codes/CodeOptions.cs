using System.ComponentModel.DataAnnotations;

namespace Orleans.Sessions.Codes;

/// <summary>How long codes are valid and how often they are sent; configuration section <c>Sessions:Codes</c>.</summary>
public sealed class CodeOptions : IValidatableObject
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Sessions:Codes";

    /// <summary>How long a code of a session's challenge is good: one second to ten minutes.</summary>
    public TimeSpan OtpLifetime { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How long a code that proves an address or resets a password is good: one second to 30 days.</summary>
    public TimeSpan VerificationLifetime { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How long an invitation is good: one second to 90 days.</summary>
    public TimeSpan InviteLifetime { get; set; } = TimeSpan.FromHours(72);

    /// <summary>The time over which messages are counted, up to one hour. 0: no limit.</summary>
    public TimeSpan Cooldown { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How many codes of a kind a session may have sent within <see cref="Cooldown"/>; then 429 with <c>Retry-After</c>. With the default,
    /// a page that is loaded again gets its code.
    /// </summary>
    public int SendsPerSession { get; set; } = 2;

    /// <summary>
    /// How many e-mails, and how many SMS, a user gets within <see cref="Cooldown"/> over all sessions; then 429 with <c>Retry-After</c>.
    /// </summary>
    public int SendsPerUser { get; set; } = 10;

    /// <summary>
    /// How many e-mails, and how many SMS, a person gets within 24 hours; then 429 (<c>SESSION-Day01</c>) with <c>Retry-After</c>. 0: no
    /// limit.
    /// </summary>
    public int SendsPerUserPerDay { get; set; } = 50;

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        (string Key, bool IsValid, string Rule)[] rules =
        [
            (
                nameof(OtpLifetime),
                OtpLifetime >= TimeSpan.FromSeconds(1) && OtpLifetime <= TimeSpan.FromMinutes(10),
                "must be one second to ten minutes"
            ),
            (
                nameof(VerificationLifetime),
                VerificationLifetime >= TimeSpan.FromSeconds(1) && VerificationLifetime <= TimeSpan.FromDays(30),
                "must be one second to 30 days"
            ),
            (
                nameof(InviteLifetime),
                InviteLifetime >= TimeSpan.FromSeconds(1) && InviteLifetime <= TimeSpan.FromDays(90),
                "must be one second to 90 days"
            ),
            (nameof(Cooldown), Cooldown >= TimeSpan.Zero && Cooldown <= TimeSpan.FromHours(1), "must be 0 to one hour"),
            (nameof(SendsPerSession), SendsPerSession is >= 1 and <= 100, "must be 1 to 100"),
            (nameof(SendsPerUser), SendsPerUser is >= 1 and <= 100, "must be 1 to 100"),
            (nameof(SendsPerUserPerDay), SendsPerUserPerDay is >= 0 and <= 10_000, "must be 0 to 10000"),
        ];
        return rules.Where(rule => !rule.IsValid).Select(rule => new ValidationResult($"{Section}:{rule.Key} {rule.Rule}.", [rule.Key]));
    }
}
