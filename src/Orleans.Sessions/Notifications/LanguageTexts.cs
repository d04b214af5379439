namespace Orleans.Sessions.Notifications;

/// <summary>
/// The texts of one language, as in its file. Generated JSON code keeps default values only for properties with a setter.
/// </summary>
internal sealed record LanguageTexts
{
    /// <summary>The last line of every e-mail.</summary>
    public string? Footer { get; set; }

    /// <summary>The names of the factors in the language, by their names in code.</summary>
    public Dictionary<string, string> Factors { get; set; } = [];

    /// <summary>The texts of each message, by the message's name.</summary>
    public Dictionary<string, MessageTexts> Messages { get; set; } = [];
}
