using System.ComponentModel.DataAnnotations;

namespace Orleans.Sessions.Lockout;

/// <summary>
/// What wrong answers cost; configuration section <c>Sessions:Lockout</c>. They block the factor that was guessed, for a growing time, and first of all where
/// they come from; the user's sessions, other factors and places where the user logs in stay as they are.
/// </summary>
public sealed class LockoutOptions : IValidatableObject
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Sessions:Lockout";

    /// <summary>How many wrong passwords in a row from one source block the password for this source; 0: passwords are never blocked. Default 10.</summary>
    public int MaxPasswordAttempts { get; set; } = 10;

    /// <summary>As <see cref="MaxPasswordAttempts"/>, for one-time codes, each kind by itself. Default 10.</summary>
    public int MaxOtpAttempts { get; set; } = 10;

    /// <summary>
    /// How many wrong answers to a factor, from all sources together where the user has not logged in lately, block it for all those. Default 50.
    /// </summary>
    public int MaxStrangerAttempts { get; set; } = 50;

    /// <summary>
    /// How many wrong answers to a factor from anywhere block it everywhere. Default 100, the most that NIST SP 800-63B allows.
    /// </summary>
    public int MaxAccountAttempts { get; set; } = 100;

    /// <summary>How long the first block lasts; each wrong answer after it doubles the time. Default one minute.</summary>
    public TimeSpan BlockDuration { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How long a block lasts at most. Default one hour.</summary>
    public TimeSpan MaxBlockDuration { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How long after the last wrong answer from a source those from there are forgotten. Default one day.</summary>
    public TimeSpan ForgetAfter { get; set; } = TimeSpan.FromDays(1);

    /// <summary>How long an address or device is known after a login there; zero: none is ever known. Default 30 days.</summary>
    public TimeSpan KnownFor { get; set; } = TimeSpan.FromDays(30);

    /// <summary>
    /// Locks the user for good and ends the sessions once the attempts are used up, whoever made them, until somebody unlocks the user: as ZITADEL does. Default off.
    /// </summary>
    public bool LockUser { get; set; }

    /// <summary>How answers slow down.</summary>
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
            (nameof(BlockDuration), BlockDuration >= TimeSpan.FromSeconds(1) && BlockDuration <= TimeSpan.FromDays(1), "must be one second to one day"),
            (nameof(MaxBlockDuration), MaxBlockDuration >= BlockDuration && MaxBlockDuration <= TimeSpan.FromDays(7), "must be BlockDuration to seven days"),
            (nameof(ForgetAfter), ForgetAfter >= MaxBlockDuration && ForgetAfter <= TimeSpan.FromDays(365), "must be MaxBlockDuration to 365 days"),
            (nameof(KnownFor), KnownFor >= TimeSpan.Zero && KnownFor <= TimeSpan.FromDays(365), "must be 0 to 365 days"),
            ("Tarpit:MinFailedAttempts", Tarpit.MinFailedAttempts >= 1, "must be at least 1"),
            ("Tarpit:StepSize", Tarpit.StepSize >= 1, "must be at least 1"),
            ("Tarpit:StepDuration", Tarpit.StepDuration >= TimeSpan.Zero, "must not be negative"),
            ("Tarpit:MaxDuration", Tarpit.MaxDuration >= TimeSpan.Zero && Tarpit.MaxDuration <= TimeSpan.FromMinutes(1), "must be 0 to one minute"),
        ];
        return rules.Where(rule => !rule.IsValid).Select(rule => new ValidationResult($"{Section}:{rule.Key} {rule.Rule}.", [rule.Key]));
    }

    /// <summary>How long a factor is blocked after <paramref name="excess"/> wrong answers more than it took to block it.</summary>
    internal TimeSpan BlockFor(int excess)
    {
        var duration = BlockDuration * Math.Pow(2, Math.Min(excess, 30));
        return duration < MaxBlockDuration ? duration : MaxBlockDuration;
    }
}
