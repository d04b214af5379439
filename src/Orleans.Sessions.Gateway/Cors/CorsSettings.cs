using System.ComponentModel.DataAnnotations;

namespace Orleans.Sessions.Gateway.Cors;

/// <summary>
/// Which web pages may call the APIs from a browser; configuration section <c>Sessions:Cors</c>. OpenID Connect's endpoints take calls from
/// any page, except those to which browsers are sent, which take none.
/// </summary>
public sealed class CorsSettings : IValidatableObject
{
    /// <summary>The name of the section.</summary>
    public const string Section = "Sessions:Cors";

    /// <summary>
    /// Origins such as <c>https://login.example.com</c>. None, or <c>*</c>: any. Browsers send no cookies either way: callers authenticate
    /// with a header, so the open default gives a foreign page nothing that it does not have already.
    /// </summary>
    public IList<string> Origins { get; } = [];

    internal bool AllowsAny => Origins.Count == 0 || Origins.Contains("*");

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!AllowsAny && !Origins.All(IsOrigin))
        {
            yield return new ValidationResult(
                $"{Section}:Origins: every entry must be * or an origin such as https://login.example.com.",
                [nameof(Origins)]
            );
        }
    }

    private static bool IsOrigin(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri)
        && uri.Scheme is "http" or "https"
        && uri.GetLeftPart(UriPartial.Authority) == text;
}
