using System.Collections.Immutable;
using System.Text;

namespace Orleans.Sessions.Oidc;

/// <summary>
/// Tokens for a caller who needs no authorization request: a service account, a client for itself, or the holder of a session token.
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

    private bool PrintMembers(StringBuilder builder)
    {
        builder.Append("ClientId = ").Append(ClientId).Append(", UserId = ").Append(UserId).Append(", SessionId = ").Append(SessionId);
        return true;
    }
}
