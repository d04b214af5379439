using System.ComponentModel.DataAnnotations;

namespace Orleans.Sessions.Oidc.Logout;

/// <summary>How clients are told that a session ended; configuration section <c>Sessions:Oidc:Logout</c>.</summary>
public sealed class LogoutOptions : IValidatableObject
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Sessions:Oidc:Logout";

    /// <summary>How often each node looks for clients to tell: 50 milliseconds to 1 minute.</summary>
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>How often a client that does not answer is told, with growing pauses: 1 to 50. Ten attempts take about six hours.</summary>
    public int Attempts { get; set; } = 10;

    /// <summary>How long a client may take to answer: 1 to 30 seconds.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long the ledger remembers what clients were told: at least 1 minute.</summary>
    public TimeSpan Retention { get; set; } = TimeSpan.FromDays(30);

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        (string Key, bool IsValid, string Rule)[] rules =
        [
            (
                nameof(PollInterval),
                PollInterval >= TimeSpan.FromMilliseconds(50) && PollInterval <= TimeSpan.FromMinutes(1),
                "must be 50 milliseconds to 1 minute"
            ),
            (nameof(Attempts), Attempts is >= 1 and <= 50, "must be 1 to 50"),
            (nameof(Timeout), Timeout >= TimeSpan.FromSeconds(1) && Timeout <= TimeSpan.FromSeconds(30), "must be 1 to 30 seconds"),
            (nameof(Retention), Retention >= TimeSpan.FromMinutes(1), "must be at least 1 minute"),
        ];
        return rules.Where(rule => !rule.IsValid).Select(rule => new ValidationResult($"{Section}:{rule.Key} {rule.Rule}.", [rule.Key]));
    }
}
