using System.ComponentModel.DataAnnotations;

namespace Orleans.Sessions.Lockout;

/// <summary>
/// What wrong answers cost; configuration section <c>Sessions:Lockout</c>. They block the guessed factor for a growing time, and first only
/// for their own source. The user's sessions, other factors, and sources where the user logs in are not affected.
/// </summary>
public sealed class LockoutOptions : IValidatableObject
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Sessions:Lockout";

    /// <summary>
    /// How many wrong passwords in a row from one source block the password for this source. 0: passwords are never blocked.
    /// </summary>
    public int MaxPasswordAttempts { get; set; } = 10;

    /// <summary>The same for one-time codes, each kind by itself.</summary>
    public int MaxOtpAttempts { get; set; } = 10;

    /// <summary>How many wrong answers to a factor block it for all sources where the user has not logged in lately.</summary>
    public int MaxStrangerAttempts { get; set; } = 50;

    /// <summary>
    /// How many wrong answers to a factor from anywhere block it everywhere. The default is the most that NIST SP 800-63B allows.
    /// </summary>
    public int MaxAccountAttempts { get; set; } = 100;

    /// <summary>How long the first block lasts: one second to one day. Each further wrong answer doubles it.</summary>
    public TimeSpan BlockDuration { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How long a block lasts at most: up to seven days.</summary>
    public TimeSpan MaxBlockDuration { get; set; } = TimeSpan.FromHours(1);

    /// <summary>After how much time without wrong answers those of a source are forgotten: up to 365 days.</summary>
    public TimeSpan ForgetAfter { get; set; } = TimeSpan.FromDays(1);

    /// <summary>How long an address or a device is known after a login there: up to 365 days. 0: none is ever known.</summary>
    public TimeSpan KnownFor { get; set; } = TimeSpan.FromDays(30);

    /// <summary>
    /// Whether the limit, counted over all sources, locks the user and ends all sessions until somebody unlocks the user, as in ZITADEL.
    /// </summary>
    public bool LockUser { get; set; }

    /// <summary>How answers to failed checks slow down.</summary>
    public TarpitOptions Tarpit { get; set; } = new();

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        (string Key, bool IsValid, string Rule)[] rules =
        [
            (nameof(MaxPasswordAttempts), MaxPasswordAttempts is >= 0 and <= 1000, "must be 0 to 1000"),
            (nameof(MaxOtpAttempts), MaxOtpAttempts is >= 0 and <= 1000, "must be 0 to 1000"),
            (nameof(MaxStrangerAttempts), MaxStrangerAttempts is >= 1 and <= 10_000, "must be 1 to 10000"),
            (nameof(MaxAccountAttempts), MaxAccountAttempts is >= 1 and <= 10_000, "must be 1 to 10000"),
            (
                nameof(BlockDuration),
                BlockDuration >= TimeSpan.FromSeconds(1) && BlockDuration <= TimeSpan.FromDays(1),
                "must be one second to one day"
            ),
            (
                nameof(MaxBlockDuration),
                MaxBlockDuration >= BlockDuration && MaxBlockDuration <= TimeSpan.FromDays(7),
                "must be BlockDuration to seven days"
            ),
            (
                nameof(ForgetAfter),
                ForgetAfter >= MaxBlockDuration && ForgetAfter <= TimeSpan.FromDays(365),
                "must be MaxBlockDuration to 365 days"
            ),
            (nameof(KnownFor), KnownFor >= TimeSpan.Zero && KnownFor <= TimeSpan.FromDays(365), "must be 0 to 365 days"),
            ("Tarpit:MinFailedAttempts", Tarpit.MinFailedAttempts >= 1, "must be at least 1"),
            ("Tarpit:StepSize", Tarpit.StepSize >= 1, "must be at least 1"),
            ("Tarpit:StepDuration", Tarpit.StepDuration >= TimeSpan.Zero, "must not be negative"),
            (
                "Tarpit:MaxDuration",
                Tarpit.MaxDuration >= TimeSpan.Zero && Tarpit.MaxDuration <= TimeSpan.FromMinutes(1),
                "must be 0 to one minute"
            ),
        ];
        return rules.Where(rule => !rule.IsValid).Select(rule => new ValidationResult($"{Section}:{rule.Key} {rule.Rule}.", [rule.Key]));
    }

    /// <summary>How long a factor is blocked after <paramref name="excess"/> wrong answers beyond the limit.</summary>
    internal TimeSpan BlockFor(int excess)
    {
        var duration = BlockDuration * Math.Pow(2, Math.Min(excess, 30));
        return duration < MaxBlockDuration ? duration : MaxBlockDuration;
    }
}
