namespace Orleans.Sessions.Notifications;

/// <summary>A person as the messages address them.</summary>
[GenerateSerializer, Immutable, Alias("sessions.NotificationUser")]
internal sealed record NotificationUser
{
    /// <summary>The user's id.</summary>
    [Id(0)]
    public required string Id { get; init; }

    /// <summary>The organization.</summary>
    [Id(1)]
    public string OrganizationId { get; init; } = "";

    /// <summary>The preferred login name; it is also the user name.</summary>
    [Id(2)]
    public string LoginName { get; init; } = "";

    /// <summary>The given name.</summary>
    [Id(3)]
    public string GivenName { get; init; } = "";

    /// <summary>The family name.</summary>
    [Id(4)]
    public string FamilyName { get; init; } = "";

    /// <summary>The nick name.</summary>
    [Id(5)]
    public string NickName { get; init; } = "";

    /// <summary>The display name.</summary>
    [Id(6)]
    public string DisplayName { get; init; } = "";

    /// <summary>The preferred language, BCP 47; <c>und</c> if unknown.</summary>
    [Id(7)]
    public string PreferredLanguage { get; init; } = "und";

    /// <summary>The e-mail address.</summary>
    [Id(8)]
    public string? Email { get; init; }

    /// <summary>Whether the address is verified.</summary>
    [Id(9)]
    public bool IsEmailVerified { get; init; }

    /// <summary>The phone number.</summary>
    [Id(10)]
    public string? Phone { get; init; }

    /// <summary>Whether the number is verified.</summary>
    [Id(11)]
    public bool IsPhoneVerified { get; init; }

    /// <summary>When the user was created.</summary>
    [Id(12)]
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the user was last changed.</summary>
    [Id(13)]
    public DateTimeOffset ChangedAt { get; init; }
}
