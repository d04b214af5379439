using System.ComponentModel.DataAnnotations;

namespace Orleans.Sessions.Sessions;

/// <summary>What a node keeps in memory; configuration section <c>Sessions:Memory</c>.</summary>
public sealed class MemoryOptions : IValidatableObject
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Sessions:Memory";

    /// <summary>Longer than a first use takes: an activation that is to end during a call answers no other call.</summary>
    private static readonly TimeSpan s_leastUnused = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How long a session that was used once (for example created) stays in memory: 5 seconds to 5 minutes. A session that is used again
    /// within this time stays until nobody has used it for two to four minutes. A use after that reads the session from the database.
    /// </summary>
    public TimeSpan KeepUnused { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// If the process uses more than this share of the memory that it may use, everything that is idle leaves memory early. In per cent: 20
    /// to 95.
    /// </summary>
    public int ShedAbove { get; set; } = 70;

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (KeepUnused < s_leastUnused || KeepUnused > TimeSpan.FromMinutes(5))
        {
            yield return new ValidationResult($"{Section}:KeepUnused must be 5 seconds to 5 minutes.", [nameof(KeepUnused)]);
        }

        if (ShedAbove is < 20 or > 95)
        {
            yield return new ValidationResult($"{Section}:ShedAbove must be 20 to 95.", [nameof(ShedAbove)]);
        }
    }
}
