using System.ComponentModel.DataAnnotations;

namespace Orleans.Sessions.Audit;

/// <summary>How long security events are kept; configuration section <c>Sessions:Audit</c>.</summary>
public sealed class AuditOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Sessions:Audit";

    /// <summary>How long security events are kept: a day to ten years.</summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "3653.00:00:00", ErrorMessage = "Sessions:Audit:Retention must be between a day and ten years.")]
    public TimeSpan Retention { get; set; } = TimeSpan.FromDays(365);
}
