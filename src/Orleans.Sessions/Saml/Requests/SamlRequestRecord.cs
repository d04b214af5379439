using System.Collections.Immutable;
using Orleans.Sessions.Logins;

namespace Orleans.Sessions.Saml.Requests;

/// <summary>
/// A service provider's request in its stored form: JSON, replaced as a whole by each change. New versions only add optional properties.
/// </summary>
internal sealed record SamlRequestRecord
{
    /// <summary>The request.</summary>
    public required SamlRequest Request { get; init; }

    /// <summary>When it arrived.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The time limit for a login. The record is kept at least until then, so that the request cannot be sent again.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>The call that brought it.</summary>
    public required string StartedBy { get; init; }

    /// <summary>When a person logged in for it or refused it.</summary>
    public DateTimeOffset? CompletedAt { get; init; }

    /// <summary>SHA-256 of the ticket of the call that completed it.</summary>
    public ImmutableArray<byte>? TicketHash { get; init; }

    /// <summary>Why it failed.</summary>
    public LoginFailure? Failure { get; init; }

    /// <summary>The login.</summary>
    public SessionLogin? Login { get; init; }

    /// <summary>The user's name at the service provider.</summary>
    public string? NameId { get; init; }

    /// <summary>The session's name at the service provider.</summary>
    public string? SessionIndex { get; init; }

    /// <summary>When the session expires.</summary>
    public DateTimeOffset? SessionExpiresAt { get; init; }
}
