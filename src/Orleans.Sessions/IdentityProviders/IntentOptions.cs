using System.ComponentModel.DataAnnotations;

namespace Orleans.Sessions.IdentityProviders;

/// <summary>
/// How long logins at external providers last, whether they are bound to a browser, and whether issuers are checked; configuration section
/// <c>Sessions:Intents</c>.
/// </summary>
public sealed class IntentOptions : IValidatableObject
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Sessions:Intents";

    /// <summary>How long the person may take at the provider: up to 30 days.</summary>
    public TimeSpan LoginLifetime { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How long a login that succeeded may be used, from then on: up to 30 days.</summary>
    public TimeSpan Lifetime { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How long an intent that is over is remembered, so that its use is answered with the reason: up to 30 days.</summary>
    public TimeSpan Retention { get; set; } = TimeSpan.FromDays(1);

    /// <summary>
    /// Whether only the browser that begins a login at a provider can finish it, where the request does not say (<c>bindToBrowser</c>).
    /// </summary>
    public bool BindToBrowser { get; set; }

    /// <summary>
    /// Whether the discovery document of a provider is read when the provider is registered, or gets another issuer, and must name that
    /// issuer. A provider that cannot be reached is registered without it.
    /// </summary>
    public bool CheckIssuers { get; set; } = true;

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        (string Key, TimeSpan Value, TimeSpan Least)[] durations =
        [
            (nameof(LoginLifetime), LoginLifetime, TimeSpan.FromSeconds(1)),
            (nameof(Lifetime), Lifetime, TimeSpan.FromSeconds(1)),
            (nameof(Retention), Retention, TimeSpan.Zero),
        ];
        return durations
            .Where(duration => duration.Value < duration.Least || duration.Value > TimeSpan.FromDays(30))
            .Select(duration => new ValidationResult($"{Section}:{duration.Key} must be {duration.Least} to 30 days.", [duration.Key]));
    }
}
