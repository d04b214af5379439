namespace Orleans.Sessions.Notifications;

/// <summary>The texts of one language, as its file has them.</summary>
internal sealed record LanguageTexts
{
    /// <summary>The last line of every e-mail.</summary>
    public string? Footer { get; init; }

    /// <summary>The texts by the name of the message.</summary>
    public Dictionary<string, MessageTexts> Messages { get; init; } = [];
}

/// <summary>
/// The parts of one message. They may use the placeholders <c>{{.Code}}</c>, <c>{{.DisplayName}}</c>, <c>{{.LoginName}}</c>, <c>{{.Minutes}}</c> (how
/// long the code is good), <c>{{.Application}}</c> and <c>{{.Url}}</c>.
/// </summary>
internal sealed record MessageTexts
{
    public string Title { get; init; } = "";

    public string PreHeader { get; init; } = "";

    public string Subject { get; init; } = "";

    public string Greeting { get; init; } = "";

    public string Text { get; init; } = "";

    public string ButtonText { get; init; } = "";

    /// <summary>All of them.</summary>
    public IEnumerable<string> Parts => [Title, PreHeader, Subject, Greeting, Text, ButtonText];
}
