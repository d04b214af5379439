using System.ComponentModel.DataAnnotations;

namespace Orleans.Sessions.Passwords.Guessable;

/// <summary>A service that knows passwords from data breaches; configuration section <c>Sessions:BreachedPasswords</c>.</summary>
public sealed class BreachedPasswordOptions : IValidatableObject
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Sessions:BreachedPasswords";

    /// <summary>
    /// The address to which the first five digits of the SHA-1 of a password are appended, such as
    /// <c>https://api.pwnedpasswords.com/range/</c>. A password that the service knows is refused (<c>SESSION-Pwd03</c>). None: no service
    /// is asked.
    /// </summary>
    public string? Url { get; set; }

    /// <summary>How long an answer may take: 0.1 to 10 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:00:10", ErrorMessage = "Sessions:BreachedPasswords:Timeout must be 0.1 to 10 seconds.")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Whether passwords are refused (<c>SESSION-Pwd04</c>) while the service does not answer. Otherwise they are accepted with a warning.
    /// </summary>
    public bool RefuseUnchecked { get; set; }

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (
            Url is not null
            && !(Uri.TryCreate(Url, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp))
        )
        {
            yield return new ValidationResult($"{Section}:{nameof(Url)} must be an absolute http or https URL.", [nameof(Url)]);
        }
    }
}
