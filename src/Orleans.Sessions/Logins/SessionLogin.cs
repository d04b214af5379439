using System.Collections.Immutable;
using Orleans.Sessions.Sessions;

namespace Orleans.Sessions.Logins;

/// <summary>A login of which an application is told: the user, and what it proves.</summary>
internal sealed record SessionLogin
{
    /// <summary>The user.</summary>
    public required string UserId { get; init; }

    /// <summary>Whether a client speaks for itself: then the user id is the id of the client.</summary>
    public bool IsClient { get; init; }

    /// <summary>The user's organization; <c>null</c> for service accounts.</summary>
    public string? OrganizationId { get; init; }

    /// <summary>The session; <c>null</c> for service accounts.</summary>
    public string? SessionId { get; init; }

    /// <summary>When the newest factor was proved.</summary>
    public DateTimeOffset? AuthenticatedAt { get; init; }

    /// <summary>The <c>amr</c> values.</summary>
    public ImmutableArray<string> Methods { get; init; } = [];

    /// <summary>The <c>acr</c> value.</summary>
    public string? Acr { get; init; }

    /// <summary>The fingerprint id of the session's user agent.</summary>
    public string? AgentId { get; init; }

    /// <summary>The proofs that the login rests on. The tokens end with any of them; without proofs there are no tokens.</summary>
    public ImmutableArray<Proof> Proofs { get; init; } = [];
}
