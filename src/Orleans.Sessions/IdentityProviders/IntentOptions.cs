using System.ComponentModel.DataAnnotations;

namespace Orleans.Sessions.IdentityProviders;

/// <summary>How logins at external providers go, and how long they last; configuration section <c>Sessions:Intents</c>.</summary>
public sealed class IntentOptions : IValidatableObject
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Sessions:Intents";

    /// <summary>How long the person may take at the provider. Default one hour.</summary>
    public TimeSpan LoginLifetime { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How long a login that succeeded may be used, from then on. Default one hour, as in ZITADEL.</summary>
    public TimeSpan Lifetime { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How long an intent that is over is kept, so that its use is answered with the reason. Default one day.</summary>
    public TimeSpan Retention { get; set; } = TimeSpan.FromDays(1);

    /// <summary>
    /// Whether only the browser that begins a login may finish it, where the request does not say: then the login begins at an address of this service, which gives the
    /// browser a cookie. Default: no.
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
