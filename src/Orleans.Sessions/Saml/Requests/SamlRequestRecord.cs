using System.Collections.Immutable;
using Orleans.Sessions.Oidc.Authorizations;

namespace Orleans.Sessions.Saml.Requests;

/// <summary>
/// A service provider's request as it is stored: JSON, replaced as a whole by each change, growing only optional properties. The database reads <c>entityId</c>,
/// <c>sessionId</c>, <c>nameId</c>, <c>sessionIndex</c> and <c>expiresAt</c>, to know which sessions a logout ends and what to purge.
/// </summary>
public sealed record SamlRequestRecord
{
    /// <summary>What was asked for.</summary>
    public required SamlRequest Request { get; init; }

    /// <summary>When it came.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When nobody can log in for it any more. It is remembered at least as long, so that it cannot be sent again.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>The call that brought it.</summary>
    public required string StartedBy { get; init; }

    /// <summary>When somebody logged in for it or refused.</summary>
    public DateTimeOffset? CompletedAt { get; init; }

    /// <summary>SHA-256 of the ticket of the call that did.</summary>
    public ImmutableArray<byte>? TicketHash { get; init; }

    /// <summary>Why it failed.</summary>
    public AuthorizationFailure? Failure { get; init; }

    /// <summary>Who logged in.</summary>
    public AuthorizationLogin? Login { get; init; }

    /// <summary>The user's name at the service provider.</summary>
    public string? NameId { get; init; }

    /// <summary>The session's name at the service provider.</summary>
    public string? SessionIndex { get; init; }

    /// <summary>When the session expires.</summary>
    public DateTimeOffset? SessionExpiresAt { get; init; }

    /// <summary>The service provider, for the database.</summary>
    public string EntityId => Request.EntityId;

    /// <summary>The session, for the database.</summary>
    public string? SessionId => Login?.SessionId;
}
