namespace Orleans.Sessions.Notifications;

/// <summary>The texts of one language, as its file has them. Generated JSON code keeps defaults only of properties that can be set.</summary>
internal sealed record LanguageTexts
{
    /// <summary>The last line of every e-mail.</summary>
    public string? Footer { get; set; }

    /// <summary>What factors are called, by their names here.</summary>
    public Dictionary<string, string> Factors { get; set; } = [];

    /// <summary>The texts by the name of the message.</summary>
    public Dictionary<string, MessageTexts> Messages { get; set; } = [];
}

/// <summary>
/// The parts of one message. They may use the placeholders <c>{{.Code}}</c>, <c>{{.DisplayName}}</c>, <c>{{.LoginName}}</c>, <c>{{.Minutes}}</c> (how
/// long the code is good), <c>{{.Application}}</c>, <c>{{.Url}}</c>, <c>{{.Factor}}</c> (which way to log in) and <c>{{.Time}}</c> (when something changed, UTC).
/// </summary>
internal sealed record MessageTexts
{
    public string Title { get; set; } = "";

    public string PreHeader { get; set; } = "";

    public string Subject { get; set; } = "";

    public string Greeting { get; set; } = "";

    public string Text { get; set; } = "";

    public string ButtonText { get; set; } = "";

    /// <summary>The last line, where it is not that of all messages.</summary>
    public string? Footer { get; set; }

    /// <summary>All of them.</summary>
    public IEnumerable<string> Parts => [Title, PreHeader, Subject, Greeting, Text, ButtonText];
}
