using System.ComponentModel.DataAnnotations;

namespace Orleans.Sessions.Sessions;

/// <summary>How sessions behave; configuration section <c>Sessions</c>.</summary>
public sealed class SessionOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Sessions";

    /// <summary>Token rotation.</summary>
    public TokenOptions Tokens { get; set; } = new();

    /// <summary>What happens when lifetimes are over.</summary>
    public ExpiryOptions Expiry { get; set; } = new();

    /// <summary>How long ended and expired sessions are kept before their rows are deleted. Default 7 days.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "3650.00:00:00")]
    public TimeSpan Retention { get; set; } = TimeSpan.FromDays(7);

    /// <summary>How many live sessions a user may have; beyond that the oldest are ended. 0 (default): as many as they like.</summary>
    [Range(0, 10_000)]
    public int MaxSessionsPerUser { get; set; }

    /// <summary>Token rotation.</summary>
    public sealed class TokenOptions
    {
        /// <summary>How long the token before the current one is still honoured. Default 10 seconds; 0: not at all.</summary>
        [Range(typeof(TimeSpan), "00:00:00", "00:05:00")]
        public TimeSpan Grace { get; set; } = TimeSpan.FromSeconds(10);
    }

    /// <summary>What happens when lifetimes are over.</summary>
    public sealed class ExpiryOptions
    {
        /// <summary>How often expired sessions that are not in memory are looked for. Default 1 second.</summary>
        [Range(typeof(TimeSpan), "00:00:00.1", "01:00:00")]
        public TimeSpan SweepInterval { get; set; } = TimeSpan.FromSeconds(1);
    }
}
