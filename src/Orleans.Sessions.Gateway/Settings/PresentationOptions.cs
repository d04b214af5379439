using System.ComponentModel.DataAnnotations;
using System.Text;

namespace Orleans.Sessions.Gateway.Settings;

/// <summary>
/// What login frontends show; it decides nothing; configuration section <c>Sessions:Presentation</c>. Empty texts are left to the frontend.
/// </summary>
public sealed class PresentationOptions : IValidatableObject
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Sessions:Presentation";

    /// <summary>The languages of the service's own messages.</summary>
    private static readonly string[] s_ownLanguages = ["en", "de"];

    /// <summary>The language where nobody names one, BCP 47.</summary>
    public string DefaultLanguage { get; set; } = "en";

    /// <summary>The languages that frontends offer, BCP 47. Empty means English and German.</summary>
    public IList<string> Languages { get; } = [];

    /// <summary>The languages that are offered: the configured ones, or those of the service's own messages.</summary>
    internal IReadOnlyList<string> OfferedLanguages => Languages.Count > 0 ? [.. Languages] : s_ownLanguages;

    /// <summary>Colours and pictures by day.</summary>
    public ThemeOptions LightTheme { get; set; } = new();

    /// <summary>Colours and pictures by night.</summary>
    public ThemeOptions DarkTheme { get; set; } = new();

    /// <summary>The absolute URL of a font.</summary>
    public string FontUrl { get; set; } = "";

    /// <summary>Whether frontends hide whose service this is.</summary>
    public bool DisableWatermark { get; set; }

    /// <summary>The absolute URL of the terms of service.</summary>
    public string TermsOfServiceLink { get; set; } = "";

    /// <summary>The absolute URL of the privacy policy.</summary>
    public string PrivacyPolicyLink { get; set; } = "";

    /// <summary>The absolute URL of the help page.</summary>
    public string HelpLink { get; set; } = "";

    /// <summary>The address for support.</summary>
    public string SupportEmail { get; set; } = "";

    /// <summary>
    /// Origins (<c>https://app.example.com</c>) whose pages may show the login in a frame. None: no page may, unless
    /// <c>SetSecuritySettings</c> says otherwise.
    /// </summary>
    public IList<string> FrameOrigins { get; } = [];

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        Fault() is { } fault ? [new ValidationResult(fault)] : [];

    private string? Fault()
    {
        var links = new[]
        {
            FontUrl,
            TermsOfServiceLink,
            PrivacyPolicyLink,
            HelpLink,
            LightTheme.LogoUrl,
            LightTheme.IconUrl,
            DarkTheme.LogoUrl,
            DarkTheme.IconUrl,
        };
        if (links.Any(link => link.Length > 0 && !Uri.TryCreate(link, UriKind.Absolute, out _)))
        {
            return $"{Section}: every link must be an absolute URL.";
        }

        if (
            FrameOrigins.Any(origin =>
                !Ascii.IsValid(origin)
                || !Uri.TryCreate(origin, UriKind.Absolute, out var uri)
                || uri.GetLeftPart(UriPartial.Authority) != origin
            )
        )
        {
            return $"{Section}:{nameof(FrameOrigins)}: every entry must be an origin such as https://app.example.com.";
        }

        return Languages
            .Append(DefaultLanguage)
            .All(language => language.Length is >= 2 and <= 35 && language.All(c => char.IsAsciiLetterOrDigit(c) || c == '-'))
            ? null
            : $"{Section}: every language must be a BCP 47 tag such as en or de-CH.";
    }
}
