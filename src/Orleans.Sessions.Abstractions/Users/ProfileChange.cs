namespace Orleans.Sessions;

/// <summary>Changes of a person's names and language. A value that is <c>null</c> stays unchanged.</summary>
[GenerateSerializer, Immutable, Alias("sessions.ProfileChange")]
public sealed record ProfileChange
{
    /// <summary>The given name.</summary>
    [Id(0)]
    public string? GivenName { get; init; }

    /// <summary>The family name.</summary>
    [Id(1)]
    public string? FamilyName { get; init; }

    /// <summary>The nick name; empty removes it.</summary>
    [Id(2)]
    public string? NickName { get; init; }

    /// <summary>The display name.</summary>
    [Id(3)]
    public string? DisplayName { get; init; }

    /// <summary>The preferred language.</summary>
    [Id(4)]
    public string? PreferredLanguage { get; init; }

    /// <summary>The gender.</summary>
    [Id(5)]
    public Gender? Gender { get; init; }
}
