namespace Orleans.Sessions.Notifications.Senders;

/// <summary>The texts in the person's language.</summary>
internal sealed record WebhookTexts(
    string Title,
    string PreHeader,
    string Subject,
    string Greeting,
    string Text,
    string Url,
    string ButtonText,
    string FooterText
)
{
    public string PrimaryColor { get; } = "#5469d4";

    public string BackgroundColor { get; } = "#fafafa";

    public string FontColor { get; } = "#1a1a1a";

    public string FontFamily { get; } = "system-ui, -apple-system, 'Segoe UI', Helvetica, Arial, sans-serif";
}
