namespace Orleans.Sessions;

/// <summary>A person's names and language.</summary>
[GenerateSerializer, Immutable, Alias("sessions.UserProfile")]
public sealed record UserProfile
{
    /// <summary>The given name, 1 to 200 characters.</summary>
    [Id(0)]
    public required string GivenName { get; init; }

    /// <summary>The family name, 1 to 200 characters.</summary>
    [Id(1)]
    public required string FamilyName { get; init; }

    /// <summary>The nick name.</summary>
    [Id(2)]
    public string NickName { get; init; } = "";

    /// <summary>The display name. If it is empty in a command that creates a user, it becomes the given name and the family name.</summary>
    [Id(3)]
    public string DisplayName { get; init; } = "";

    /// <summary>The preferred language, BCP 47.</summary>
    [Id(4)]
    public string PreferredLanguage { get; init; } = "und";

    /// <summary>The gender.</summary>
    [Id(5)]
    public Gender Gender { get; init; }
}
