using System.Text;

namespace Orleans.Sessions;

/// <summary>Where the browser goes after the callback, and with which parameters.</summary>
[GenerateSerializer, Immutable, Alias("sessions.IntentOutcome")]
public sealed record IntentOutcome
{
    /// <summary>The success or the failure URL.</summary>
    [Id(0)]
    public required string Url { get; init; }

    /// <summary>The intent's id.</summary>
    [Id(1)]
    public required string IntentId { get; init; }

    /// <summary>The intent's token, which is given out only here. <c>null</c> if the login failed.</summary>
    [Id(2)]
    public string? Token { get; init; }

    /// <summary>The linked user.</summary>
    [Id(3)]
    public string? UserId { get; init; }

    /// <summary>The OAuth error code, or the id of this service's error.</summary>
    [Id(4)]
    public string? Error { get; init; }

    /// <summary>The description of the error, in this service's words.</summary>
    [Id(5)]
    public string? ErrorDescription { get; init; }

    /// <summary>
    /// The secret of this login for the browser. Until the login is used, a browser that has it gets the same answer once more, such as
    /// after a reload. <c>null</c> if the login failed.
    /// </summary>
    [Id(6)]
    public string? Browser { get; init; }

    /// <summary>How long the browser keeps the secret.</summary>
    [Id(7)]
    public DateTimeOffset BrowserUntil { get; init; }

    private bool PrintMembers(StringBuilder builder)
    {
        builder.Append("IntentId = ").Append(IntentId).Append(", Error = ").Append(Error);
        return true;
    }
}
