using System.ComponentModel.DataAnnotations;

namespace Orleans.Sessions.Audit;

/// <summary>The settings of the audit trail.</summary>
public sealed class AuditOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Sessions:Audit";

    /// <summary>How long events are kept, one day to ten years. Default 365 days.</summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "3653.00:00:00", ErrorMessage = "Sessions:Audit:Retention must be between a day and ten years.")]
    public TimeSpan Retention { get; set; } = TimeSpan.FromDays(365);
}
