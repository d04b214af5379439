using System.ComponentModel.DataAnnotations;
using Orleans.Sessions.SigningKeys;

namespace Orleans.Sessions.Oidc;

/// <summary>When the keys that sign tokens are replaced; configuration section <c>Sessions:Oidc:Keys</c>.</summary>
public sealed class TokenKeyOptions : IValidatableObject
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Sessions:Oidc:Keys";

    /// <summary>How long a key signs before the next one does: at least 1 hour.</summary>
    public TimeSpan Lifetime { get; set; } = TimeSpan.FromDays(90);

    /// <summary>
    /// How long a key is published before it signs, so that everybody's copy of the key set has it: at least 10 minutes, and shorter than
    /// <see cref="Lifetime"/>.
    /// </summary>
    public TimeSpan Announcement { get; set; } = TimeSpan.FromHours(1);

    /// <summary>
    /// How long a key is published after its last signature: at least 1 day. It must outlive every token, and id tokens come back as hints
    /// when people log out.
    /// </summary>
    public TimeSpan Afterlife { get; set; } = TimeSpan.FromDays(30);

    internal KeySchedule Schedule => new(Lifetime, Announcement, Afterlife, Certified: false);

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        (string Key, bool IsValid, string Rule)[] rules =
        [
            (nameof(Lifetime), Lifetime >= TimeSpan.FromHours(1), "must be at least 1 hour"),
            // Nodes keep keys for a minute, and clients for five as they are told.
            (
                nameof(Announcement),
                Announcement >= TimeSpan.FromMinutes(10) && Announcement < Lifetime,
                "must be at least 10 minutes and shorter than Lifetime"
            ),
            // No token may live longer than a day.
            (nameof(Afterlife), Afterlife >= TimeSpan.FromDays(1), "must be at least 1 day"),
        ];
        return rules.Where(rule => !rule.IsValid).Select(rule => new ValidationResult($"{Section}:{rule.Key} {rule.Rule}.", [rule.Key]));
    }
}
