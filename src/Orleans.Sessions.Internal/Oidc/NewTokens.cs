using System.Collections.Immutable;
using System.Text;

namespace Orleans.Sessions.Oidc;

/// <summary>
/// The tokens that the gateway created for an answer. A repeated call sends the same tokens, and the grain recognizes it by them.
/// </summary>
[GenerateSerializer, Immutable, Alias("sessions.NewTokens")]
public sealed record NewTokens
{
    /// <summary>The id of the access token.</summary>
    [Id(0)]
    public required string AccessTokenId { get; init; }

    /// <summary>The access token if it is opaque. A JWT is recognized by its id.</summary>
    [Id(1)]
    public string? AccessToken { get; init; }

    /// <summary>The lifetime of the access token.</summary>
    [Id(3)]
    public required TimeSpan AccessTokenLifetime { get; init; }

    /// <summary>How long the refresh token stays valid without being used.</summary>
    [Id(4)]
    public TimeSpan RefreshTokenIdle { get; init; }

    /// <summary>How long the refresh tokens of the family stay valid in all.</summary>
    [Id(5)]
    public TimeSpan RefreshTokenLifetime { get; init; }

    /// <summary>
    /// The scopes of this access token, if they are fewer than those that were granted; <c>null</c> means all granted scopes.
    /// </summary>
    [Id(6)]
    public ImmutableArray<string>? Scopes { get; init; }

    /// <summary>The secret from which the family makes the refresh token; <c>null</c> if the client gets no refresh token.</summary>
    [Id(7)]
    public string? RefreshSecret { get; init; }

    private bool PrintMembers(StringBuilder builder)
    {
        builder.Append("AccessTokenId = ").Append(AccessTokenId);
        return true;
    }
}

/// <summary>What a request that redeems an authorization code or device code must match.</summary>
[GenerateSerializer, Immutable, Alias("sessions.RedeemableCode")]
public sealed record RedeemableCode(
    [property: Id(0)] string ClientId,
    [property: Id(1)] string? RedirectUri,
    [property: Id(2)] string? CodeChallenge,
    [property: Id(3)] ImmutableArray<string> Scopes,
    [property: Id(4)] string UserId,
    [property: Id(5)] DateTimeOffset ExpiresAt,
    [property: Id(6)] string? SessionId,
    [property: Id(7)] DateTimeOffset? ClientRegisteredAt = null
);

/// <summary>Tokens for a caller who needs no authorization request: a service account, or the holder of a session token.</summary>
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

    /// <summary>When the client was registered; <c>null</c> for service accounts.</summary>
    [Id(7)]
    public DateTimeOffset? ClientRegisteredAt { get; init; }

    /// <summary>
    /// The credential with which the service account authenticated (<see cref="MachineCredentials"/>). When the credential is removed, the
    /// tokens become invalid. <c>null</c> if it was not recorded.
    /// </summary>
    [Id(20)]
    public string? Credential { get; init; }

    private bool PrintMembers(StringBuilder builder)
    {
        builder.Append("ClientId = ").Append(ClientId).Append(", UserId = ").Append(UserId).Append(", SessionId = ").Append(SessionId);
        return true;
    }
}
