using System.ComponentModel.DataAnnotations;

namespace Orleans.Sessions.Sessions;

/// <summary>What a node keeps in memory; configuration section <c>Sessions:Memory</c>.</summary>
public sealed class MemoryOptions : IValidatableObject
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Sessions:Memory";

    /// <summary>The first use must be over: an activation that ends while a call runs answers no other one.</summary>
    private static readonly TimeSpan s_leastUnused = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How long a session stays in memory that was used once, for example created: 5 seconds to 5 minutes. A session that is used again
    /// within this time stays until nobody has used it for two to four minutes. A use after that reads the session from the database.
    /// </summary>
    public TimeSpan KeepUnused { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How much of the memory that the process may use is full, in per cent, before everything that is idle leaves memory early, 20 to 95.
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
