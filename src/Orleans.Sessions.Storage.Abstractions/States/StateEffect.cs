namespace Orleans.Sessions.States;

/// <summary>Something that the write of a state changes in other tables, in the same transaction.</summary>
public abstract record StateEffect;

/// <summary>Something happened to a session. It is appended to the log of session events.</summary>
/// <param name="SessionId">The session.</param>
/// <param name="UserId">Its user.</param>
/// <param name="Sequence">The session's sequence.</param>
/// <param name="Type">The name of the event, for example <c>session.terminated</c>.</param>
/// <param name="Reason">Why it happened.</param>
/// <param name="At">When it happened.</param>
public sealed record SessionHappened(string SessionId, string? UserId, long Sequence, string Type, string? Reason, DateTimeOffset At)
    : StateEffect;

/// <summary>
/// A session that may have logged in somewhere has ended or expired. Its OpenID Connect clients are to be notified. Its SAML logins can
/// still be found until <paramref name="SamlUntil"/>.
/// </summary>
/// <param name="SessionId">The session.</param>
/// <param name="Reason">Why it ended.</param>
/// <param name="At">When it ended.</param>
/// <param name="SamlUntil">The time limit of a SAML logout.</param>
public sealed record LoginsEnded(string SessionId, string Reason, DateTimeOffset At, DateTimeOffset SamlUntil) : StateEffect;

/// <summary>
/// A session logged in at a SAML service provider with the request that is written. Nothing happens if the session has ended meanwhile.
/// </summary>
/// <param name="SessionKey">The key of the session's grain.</param>
/// <param name="EntityId">The service provider.</param>
/// <param name="NameId">The user's name there.</param>
/// <param name="SessionIndex">The session's name there.</param>
/// <param name="At">When it logged in.</param>
public sealed record ServiceProviderLoggedIn(string SessionKey, string EntityId, string NameId, string SessionIndex, DateTimeOffset At)
    : StateEffect;

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
