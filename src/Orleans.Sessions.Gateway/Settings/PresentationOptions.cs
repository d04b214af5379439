using Microsoft.Extensions.Options;

namespace Orleans.Sessions.Gateway.Settings;

/// <summary>
/// What login frontends show, and decides nothing; configuration section <c>Sessions:Presentation</c>. Empty texts are left to the frontend.
/// </summary>
public sealed class PresentationOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Sessions:Presentation";

    /// <summary>The language of who names none, BCP 47.</summary>
    public string DefaultLanguage { get; set; } = "en";

    /// <summary>The languages that frontends offer, BCP 47; empty: English and German.</summary>
    public IList<string> Languages { get; } = [];

    /// <summary>The colours and pictures by day.</summary>
    public ThemeOptions LightTheme { get; set; } = new();

    /// <summary>The colours and pictures by night.</summary>
    public ThemeOptions DarkTheme { get; set; } = new();

    /// <summary>A font, absolute URL.</summary>
    public string FontUrl { get; set; } = "";

    /// <summary>Frontends do not show whose service this is.</summary>
    public bool DisableWatermark { get; set; }

    /// <summary>The terms of service, absolute URL.</summary>
    public string TermsOfServiceLink { get; set; } = "";

    /// <summary>The privacy policy, absolute URL.</summary>
    public string PrivacyPolicyLink { get; set; } = "";

    /// <summary>Help, absolute URL.</summary>
    public string HelpLink { get; set; } = "";

    /// <summary>Whom to write to.</summary>
    public string SupportEmail { get; set; } = "";

    /// <summary>Origins whose pages may show the login in a frame; none: no page may.</summary>
    public IList<string> FrameOrigins { get; } = [];

    /// <summary>What is wrong with them; <c>null</c>: nothing.</summary>
    internal string? Fault()
    {
        var links = new[]
        {
            FontUrl, TermsOfServiceLink, PrivacyPolicyLink, HelpLink, LightTheme.LogoUrl, LightTheme.IconUrl, DarkTheme.LogoUrl, DarkTheme.IconUrl,
        };
        if (links.Any(link => link.Length > 0 && !Uri.TryCreate(link, UriKind.Absolute, out _)))
        {
            return $"{Section}: every link must be an absolute URL.";
        }

        return Languages.Append(DefaultLanguage).All(language => language.Length is >= 2 and <= 35 && language.All(c => char.IsAsciiLetterOrDigit(c) || c == '-'))
            ? null
            : $"{Section}: every language must be a BCP 47 tag such as en or de-CH.";
    }
}

/// <summary>Colours (as in CSS) and pictures (absolute URLs).</summary>
public sealed class ThemeOptions
{
    /// <summary>Buttons and links.</summary>
    public string PrimaryColor { get; set; } = "";

    /// <summary>Behind everything.</summary>
    public string BackgroundColor { get; set; } = "";

    /// <summary>Errors.</summary>
    public string WarnColor { get; set; } = "";

    /// <summary>Text.</summary>
    public string FontColor { get; set; } = "";

    /// <summary>The logo.</summary>
    public string LogoUrl { get; set; } = "";

    /// <summary>The icon.</summary>
    public string IconUrl { get; set; } = "";
}

/// <summary>Checks them when the host starts.</summary>
internal sealed class PresentationRules : IValidateOptions<PresentationOptions>
{
    public ValidateOptionsResult Validate(string? name, PresentationOptions options) =>
        options.Fault() is { } fault ? ValidateOptionsResult.Fail(fault) : ValidateOptionsResult.Success;
}
