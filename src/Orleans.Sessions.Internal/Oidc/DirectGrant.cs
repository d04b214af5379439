using System.Collections.Immutable;
using System.Text;

namespace Orleans.Sessions.Oidc;

/// <summary>
/// Tokens for a caller who needs no authorization request: a service account, a client for itself, or a client that presents another token.
/// </summary>
[GenerateSerializer, Immutable, Alias("sessions.DirectGrant")]
public sealed record DirectGrant
{
    /// <summary>The client. For a service account: its own id.</summary>
    [Id(0)]
    public required string ClientId { get; init; }

    /// <summary>The issuer, without trailing slash.</summary>
    [Id(1)]
    public required string Issuer { get; init; }

    /// <summary>The scopes that the caller gets.</summary>
    [Id(2)]
    public required ImmutableArray<string> Scopes { get; init; }

    /// <summary>The service account; <c>null</c> if the tokens are for a session.</summary>
    [Id(3)]
    public string? UserId { get; init; }

    /// <summary>The session; <c>null</c> if the tokens are for a service account.</summary>
    [Id(4)]
    public string? SessionId { get; init; }

    /// <summary>The session's token.</summary>
    [Id(5)]
    public string? SessionToken { get; init; }

    /// <summary>The lowest assurance level that the client's registration requires of a session.</summary>
    [Id(6)]
    public string? MinimumAcr { get; init; }

    /// <summary>When the client was registered; <c>null</c> for service accounts, which are their own clients.</summary>
    [Id(7)]
    public DateTimeOffset? ClientRegisteredAt { get; init; }

    /// <summary>
    /// The credential with which the service account authenticated (<see cref="MachineCredentials"/>). When the credential is removed, the
    /// tokens become invalid. <c>null</c> if the tokens are for a session.
    /// </summary>
    [Id(20)]
    public string? Credential { get; init; }

    /// <summary>Whether the registered client speaks for itself.</summary>
    [Id(21)]
    public bool IsForClient { get; init; }

    /// <summary>The authorization of the token that is exchanged for the new ones; <c>null</c> if no such token is exchanged.</summary>
    [Id(22)]
    public string? SubjectAuthorizationId { get; init; }

    /// <summary>The authorization of the token that says who acts; <c>null</c> if the request has no such token.</summary>
    [Id(23)]
    public string? ActorAuthorizationId { get; init; }

    /// <summary>When the new tokens end at the latest; <c>null</c> means as long as the settings say.</summary>
    [Id(24)]
    public DateTimeOffset? NotAfter { get; init; }

    /// <summary>The users who act for the user of the tokens, the present one first (<see cref="TokenGrant.Actors"/>).</summary>
    [Id(25)]
    public ImmutableArray<string> Actors { get; init; } = [];

    private bool PrintMembers(StringBuilder builder)
    {
        builder.Append("ClientId = ").Append(ClientId).Append(", UserId = ").Append(UserId).Append(", SessionId = ").Append(SessionId);
        return true;
    }
}
