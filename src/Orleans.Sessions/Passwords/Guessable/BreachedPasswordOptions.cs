using System.ComponentModel.DataAnnotations;

namespace Orleans.Sessions.Passwords.Guessable;

/// <summary>A service that knows passwords from data breaches; configuration section <c>Sessions:BreachedPasswords</c>.</summary>
public sealed class BreachedPasswordOptions : IValidatableObject
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Sessions:BreachedPasswords";

    /// <summary>
    /// The address to which the first five digits of the password's SHA-1 hash are appended, such as
    /// <c>https://api.pwnedpasswords.com/range/</c>; <c>null</c> (default) means that no service is asked.
    /// </summary>
    public string? Url { get; set; }

    /// <summary>The maximum time for an answer. Default one second.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:00:10", ErrorMessage = "Sessions:BreachedPasswords:Timeout must be 0.1 to 10 seconds.")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Whether passwords are refused while the service does not answer. Default <c>false</c>: they are accepted.</summary>
    public bool RefuseUnchecked { get; set; }

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Url is not null && !(Uri.TryCreate(Url, UriKind.Absolute, out var uri)
            && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp)))
        {
            yield return new ValidationResult($"{Section}:{nameof(Url)} must be an absolute http or https URL.", [nameof(Url)]);
        }
    }
}
