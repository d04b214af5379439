using System.ComponentModel.DataAnnotations;

namespace Orleans.Sessions.Sessions;

/// <summary>How sessions behave; configuration section <c>Sessions</c>.</summary>
public sealed class SessionOptions : IValidatableObject
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Sessions";

    private const int MaxUnprovedByDefault = 50;

    /// <summary>Token rotation.</summary>
    public TokenOptions Tokens { get; set; } = new();

    /// <summary>What happens when a lifetime is over.</summary>
    public ExpiryOptions Expiry { get; set; } = new();

    /// <summary>How long ended and expired sessions are kept before their rows are deleted: 0 to 3650 days.</summary>
    public TimeSpan Retention { get; set; } = TimeSpan.FromDays(7);

    /// <summary>
    /// How long a session lives at most from its creation, whatever its request says: one minute to 3650 days. Older sessions follow at
    /// their next change. None: as long as the request asks for, or for ever, as in ZITADEL.
    /// </summary>
    public TimeSpan? MaxLifetime { get; set; }

    /// <summary>How long a session may be left unused, whatever its request says: one minute to 3650 days. None: any time.</summary>
    public TimeSpan? MaxIdleTimeout { get; set; }

    /// <summary>
    /// How long a session lives at most from its creation as long as no factor is proved in it: ten seconds to 3650 days. A request may ask
    /// for less (<c>unprovedLifetime</c>). None: as long as any other session, as in ZITADEL.
    /// </summary>
    public TimeSpan? UnprovedLifetime { get; set; }

    /// <summary>How many live sessions with a proved factor a user may have, up to 900. Beyond that the oldest end. 0: no limit.</summary>
    public int MaxSessionsPerUser { get; set; }

    /// <summary>
    /// The same for sessions without a proved factor, which anybody can begin, up to 90. Beyond that the oldest end, first those of the
    /// address (<c>userAgent.ip</c>) from which most come; they never push out sessions with a factor. None: as <see
    /// cref="MaxSessionsPerUser"/>, but at most 50.
    /// </summary>
    public int? MaxUnprovedSessionsPerUser { get; set; }

    internal int UnprovedLimit => MaxUnprovedSessionsPerUser ?? Math.Min(MaxSessionsPerUser, MaxUnprovedByDefault);

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        (string Key, bool IsValid, string Rule)[] rules =
        [
            ("Tokens:Grace", Tokens.Grace >= TimeSpan.Zero && Tokens.Grace <= TimeSpan.FromMinutes(5), "must be 0 to five minutes"),
            (
                "Expiry:SweepInterval",
                Expiry.SweepInterval >= TimeSpan.FromMilliseconds(100) && Expiry.SweepInterval <= TimeSpan.FromHours(1),
                "must be 0.1 seconds to one hour"
            ),
            ("Expiry:Share", Expiry.Share is >= 1 and <= 100, "must be 1 to 100"),
            (nameof(Retention), Retention >= TimeSpan.Zero && Retention <= TimeSpan.FromDays(3650), "must be 0 to 3650 days"),
            (nameof(MaxLifetime), IsBound(MaxLifetime), "must be one minute to 3650 days"),
            (nameof(MaxIdleTimeout), IsBound(MaxIdleTimeout), "must be one minute to 3650 days"),
            (
                nameof(UnprovedLifetime),
                UnprovedLifetime is null || (UnprovedLifetime >= TimeSpan.FromSeconds(10) && UnprovedLifetime <= TimeSpan.FromDays(3650)),
                "must be ten seconds to 3650 days"
            ),
            (nameof(MaxSessionsPerUser), MaxSessionsPerUser is >= 0 and <= 900, "must be 0 to 900"),
            (nameof(MaxUnprovedSessionsPerUser), MaxUnprovedSessionsPerUser is null or (>= 0 and <= 90), "must be 0 to 90"),
        ];
        return rules.Where(rule => !rule.IsValid).Select(rule => new ValidationResult($"{Section}:{rule.Key} {rule.Rule}.", [rule.Key]));
    }

    private static bool IsBound(TimeSpan? bound) => bound is null || (bound >= TimeSpan.FromMinutes(1) && bound <= TimeSpan.FromDays(3650));

    /// <summary>Token rotation.</summary>
    public sealed class TokenOptions
    {
        /// <summary>How long the token before the current one is still honoured: 0 to five minutes. 0: not at all, as in ZITADEL.</summary>
        public TimeSpan Grace { get; set; } = TimeSpan.FromSeconds(10);
    }

    /// <summary>What happens when a lifetime is over.</summary>
    public sealed class ExpiryOptions
    {
        /// <summary>How often a node looks for expired sessions that are not in memory: 0.1 seconds to one hour.</summary>
        public TimeSpan SweepInterval { get; set; } = TimeSpan.FromSeconds(1);

        /// <summary>
        /// If very many sessions expire together, a node publishes their expiry with half of its processors, and for this share of the
        /// time. In per cent: 1 to 100. Expired sessions are refused at once, whatever this says. A publication that is ten minutes late
        /// does not wait.
        /// </summary>
        public int Share { get; set; } = 25;
    }
}
