namespace Orleans.Sessions.States;

/// <summary>A message to a person is to be delivered. It replaces an earlier message of its kind.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Id">The id of the message.</param>
/// <param name="Content">The encrypted content, base64.</param>
/// <param name="SentEvent">The session event that its delivery appends.</param>
/// <param name="SessionId">The session, if it belongs to one.</param>
/// <param name="UserId">The user.</param>
/// <param name="DueAt">When it is to be sent.</param>
/// <param name="ExpiresAt">When the code in it expires.</param>
public sealed record MessageQueued(
    string Kind,
    string Id,
    string Content,
    string? SentEvent,
    string? SessionId,
    string? UserId,
    DateTimeOffset DueAt,
    DateTimeOffset ExpiresAt
) : StateEffect;
