namespace Orleans.Sessions.Notifications;

/// <summary>The content of a message. It is stored encrypted, because it has a code and personal data.</summary>
internal sealed record NotificationContent
{
    /// <summary>The channel.</summary>
    public OtpChannel Channel { get; init; }

    /// <summary>The e-mail address or phone number it goes to.</summary>
    public required string Recipient { get; init; }

    /// <summary>The code; empty if the message has none.</summary>
    public required string Code { get; init; }

    /// <summary>When the code expires, or when a notice is no longer useful.</summary>
    public DateTimeOffset ExpiresAt { get; init; }

    /// <summary>The link, including the code.</summary>
    public string? Url { get; init; }

    /// <summary>The application that the person is invited to.</summary>
    public string? ApplicationName { get; init; }

    /// <summary>
    /// The factor of a notice, as <see cref="LanguageTexts.Factors"/> names it; <c>null</c> if the message is about no factor.
    /// </summary>
    public string? Factor { get; init; }

    /// <summary>The previous login name; <c>null</c> if it has not changed.</summary>
    public string? FormerLoginName { get; init; }

    /// <summary>The person.</summary>
    public required NotificationUser User { get; init; }

    private bool PrintMembers(System.Text.StringBuilder builder)
    {
        builder.Append("Channel = ").Append(Channel).Append(", Recipient = ").Append(Recipient);
        return true;
    }
}

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
