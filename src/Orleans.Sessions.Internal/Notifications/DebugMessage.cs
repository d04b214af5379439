namespace Orleans.Sessions;

/// <summary>A message that was shown instead of delivered.</summary>
[GenerateSerializer, Immutable, Alias("sessions.DebugMessage")]
public sealed record DebugMessage
{
    /// <summary>The id of the message.</summary>
    [Id(0)]
    public required string Id { get; init; }

    /// <summary>The channel for which the message was made.</summary>
    [Id(1)]
    public OtpChannel Channel { get; init; }

    /// <summary>The event that caused it.</summary>
    [Id(2)]
    public required string EventType { get; init; }

    /// <summary>The e-mail address or phone number of the recipient.</summary>
    [Id(3)]
    public required string Recipient { get; init; }

    /// <summary>The user id of the recipient.</summary>
    [Id(4)]
    public required string UserId { get; init; }

    /// <summary>The code.</summary>
    [Id(5)]
    public required string Code { get; init; }

    /// <summary>The link.</summary>
    [Id(6)]
    public string? Url { get; init; }

    /// <summary>The subject.</summary>
    [Id(7)]
    public string Subject { get; init; } = "";

    /// <summary>The complete message as plain text.</summary>
    [Id(8)]
    public string Text { get; init; } = "";

    /// <summary>The complete message as HTML; empty for an SMS.</summary>
    [Id(9)]
    public string Html { get; init; } = "";

    private bool PrintMembers(System.Text.StringBuilder builder)
    {
        builder
            .Append("Id = ")
            .Append(Id)
            .Append(", Channel = ")
            .Append(Channel)
            .Append(", EventType = ")
            .Append(EventType)
            .Append(", UserId = ")
            .Append(UserId);
        return true;
    }
}
