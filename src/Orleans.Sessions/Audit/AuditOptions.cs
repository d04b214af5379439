using System.ComponentModel.DataAnnotations;

namespace Orleans.Sessions.Audit;

/// <summary>The settings of the audit trail.</summary>
public sealed class AuditOptions
{
    /// <summary>Where they are in the configuration.</summary>
    public const string Section = "Sessions:Audit";

    /// <summary>How long events are kept, a day to ten years.</summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "3653.00:00:00", ErrorMessage = "Sessions:Audit:Retention must be between a day and ten years.")]
    public TimeSpan Retention { get; set; } = TimeSpan.FromDays(365);
}
