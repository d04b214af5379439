namespace Orleans.Sessions.Gateway.Settings;

/// <summary>Colours (as in CSS) and images (absolute URLs).</summary>
public sealed class ThemeOptions
{
    /// <summary>The colour of buttons and links.</summary>
    public string PrimaryColor { get; set; } = "";

    /// <summary>The colour of the background.</summary>
    public string BackgroundColor { get; set; } = "";

    /// <summary>The colour of errors.</summary>
    public string WarnColor { get; set; } = "";

    /// <summary>The colour of text.</summary>
    public string FontColor { get; set; } = "";

    /// <summary>The logo.</summary>
    public string LogoUrl { get; set; } = "";

    /// <summary>The icon.</summary>
    public string IconUrl { get; set; } = "";
}
