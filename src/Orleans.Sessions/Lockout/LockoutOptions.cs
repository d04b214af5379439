using System.ComponentModel.DataAnnotations;

namespace Orleans.Sessions.Lockout;

/// <summary>When failed checks lock a user, and how answers to them slow down; configuration section <c>Sessions:Lockout</c>.</summary>
public sealed class LockoutOptions : IValidatableObject
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Sessions:Lockout";

    /// <summary>How many wrong passwords in a row lock the user; 0: never. Default 10.</summary>
    public int MaxPasswordAttempts { get; set; } = 10;

    /// <summary>How many wrong one-time codes of a kind in a row lock the user; 0: never. Default 10.</summary>
    public int MaxOtpAttempts { get; set; } = 10;

    /// <summary>How answers slow down.</summary>
    public TarpitOptions Tarpit { get; set; } = new();

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        (string Key, bool IsValid, string Rule)[] rules =
        [
            (nameof(MaxPasswordAttempts), MaxPasswordAttempts is >= 0 and <= 1000, "must be 0 to 1000"),
            (nameof(MaxOtpAttempts), MaxOtpAttempts is >= 0 and <= 1000, "must be 0 to 1000"),
            ("Tarpit:MinFailedAttempts", Tarpit.MinFailedAttempts >= 1, "must be at least 1"),
            ("Tarpit:StepSize", Tarpit.StepSize >= 1, "must be at least 1"),
            ("Tarpit:StepDuration", Tarpit.StepDuration >= TimeSpan.Zero, "must not be negative"),
            ("Tarpit:MaxDuration", Tarpit.MaxDuration >= TimeSpan.Zero && Tarpit.MaxDuration <= TimeSpan.FromMinutes(1), "must be 0 to one minute"),
        ];
        return rules.Where(rule => !rule.IsValid).Select(rule => new ValidationResult($"{Section}:{rule.Key} {rule.Rule}.", [rule.Key]));
    }
}

/// <summary>Holds back the answers to failed checks, longer the more there were (session-api §3.3).</summary>
public sealed class TarpitOptions
{
    /// <summary>From how many failures on.</summary>
    public int MinFailedAttempts { get; set; } = 5;

    /// <summary>After how many further failures the delay grows.</summary>
    public int StepSize { get; set; } = 5;

    /// <summary>By how much it grows. Default one second.</summary>
    public TimeSpan StepDuration { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How long it becomes at most. Default ten seconds.</summary>
    public TimeSpan MaxDuration { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long the answer to failure number <paramref name="failures"/> in a row is held back.</summary>
    public TimeSpan DelayFor(int failures)
    {
        if (failures < MinFailedAttempts)
        {
            return TimeSpan.Zero;
        }

        var delay = (failures - MinFailedAttempts) / StepSize * StepDuration;
        return delay < MaxDuration ? delay : MaxDuration;
    }
}
