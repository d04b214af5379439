namespace Orleans.Sessions.Notifications;

/// <summary>
/// The parts of one message. They may use the placeholders <c>{{.Code}}</c>, <c>{{.DisplayName}}</c>, <c>{{.LoginName}}</c>,
/// <c>{{.Minutes}}</c> (how long the code is valid), <c>{{.FormerLoginName}}</c> (the previous login name), <c>{{.Application}}</c>,
/// <c>{{.Url}}</c>, <c>{{.Factor}}</c> (the way to log in) and <c>{{.Time}}</c> (when something changed, UTC).
/// </summary>
internal sealed record MessageTexts
{
    public string Title { get; set; } = "";

    public string PreHeader { get; set; } = "";

    public string Subject { get; set; } = "";

    public string Greeting { get; set; } = "";

    public string Text { get; set; } = "";

    public string ButtonText { get; set; } = "";

    /// <summary>The last line, if it differs from the common one.</summary>
    public string? Footer { get; set; }

    /// <summary>All texts.</summary>
    public IEnumerable<string> Parts => [Title, PreHeader, Subject, Greeting, Text, ButtonText];
}
