using System.ComponentModel.DataAnnotations;

namespace Orleans.Sessions.IdentityProviders;

/// <summary>
/// How long logins at external providers last, and whether they are bound to a browser; configuration section <c>Sessions:Intents</c>.
/// </summary>
public sealed class IntentOptions : IValidatableObject
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Sessions:Intents";

    /// <summary>The maximum time for the person to log in at the provider. Default one hour.</summary>
    public TimeSpan LoginLifetime { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How long a successful login may be used after it. Default one hour, as in ZITADEL.</summary>
    public TimeSpan Lifetime { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How long a finished intent is kept, so that a later use gets the reason as its error. Default one day.</summary>
    public TimeSpan Retention { get; set; } = TimeSpan.FromDays(1);

    /// <summary>
    /// Whether only the browser that begins a login may finish it, if the request does not say so. Such a login begins at an address of
    /// this service, which gives the browser a cookie. Default <c>false</c>.
    /// </summary>
    public bool BindToBrowser { get; set; }

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        (string Key, TimeSpan Value, TimeSpan Least)[] durations =
        [
            (nameof(LoginLifetime), LoginLifetime, TimeSpan.FromSeconds(1)),
            (nameof(Lifetime), Lifetime, TimeSpan.FromSeconds(1)),
            (nameof(Retention), Retention, TimeSpan.Zero),
        ];
        return durations.Where(duration => duration.Value < duration.Least || duration.Value > TimeSpan.FromDays(30)).Select(
            duration => new ValidationResult($"{Section}:{duration.Key} must be {duration.Least} to 30 days.", [duration.Key]));
    }
}
