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
