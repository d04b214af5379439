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
    [property: Id(7)] DateTimeOffset? ClientRegisteredAt = null);

/// <summary>What a token stands for.</summary>
[GenerateSerializer, Immutable, Alias("sessions.TokenGrant")]
public sealed record TokenGrant
{
    /// <summary>The token family.</summary>
    [Id(0)]
    public required string AuthorizationId { get; init; }

    /// <summary>The id of the token within the family; empty for refresh tokens.</summary>
    [Id(1)]
    public required string TokenId { get; init; }

    /// <summary>The client to which the token was issued.</summary>
    [Id(2)]
    public required string ClientId { get; init; }

    /// <summary>The issuer, without trailing slash.</summary>
    [Id(3)]
    public required string Issuer { get; init; }

    /// <summary>The user for whom the token speaks.</summary>
    [Id(4)]
    public required string UserId { get; init; }

    /// <summary>The scopes of the token.</summary>
    [Id(5)]
    public required ImmutableArray<string> Scopes { get; init; }

    /// <summary>The audiences of the token.</summary>
    [Id(6)]
    public required ImmutableArray<string> Audiences { get; init; }

    /// <summary>When the token was issued.</summary>
    [Id(7)]
    public required DateTimeOffset IssuedAt { get; init; }

    /// <summary>When the token expires.</summary>
    [Id(8)]
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>The session behind the token; <c>null</c> for service accounts.</summary>
    [Id(9)]
    public string? SessionId { get; init; }

    /// <summary>When the newest factor was proved, as of when the token was issued.</summary>
    [Id(10)]
    public DateTimeOffset? AuthenticatedAt { get; init; }

    /// <summary>How the person logged in (RFC 8176).</summary>
    [Id(11)]
    public ImmutableArray<string> Methods { get; init; } = [];

    /// <summary>The assurance level of the login (<see cref="AuthenticationContext"/>).</summary>
    [Id(12)]
    public string? Acr { get; init; }

    /// <summary>The nonce of the request, for the id token.</summary>
    [Id(13)]
    public string? Nonce { get; init; }

    /// <summary>The fingerprint id of the session's user agent.</summary>
    [Id(14)]
    public string? AgentId { get; init; }

    /// <summary>Whether the person has a second factor but did not use it.</summary>
    [Id(15)]
    public bool MissesSecondFactor { get; init; }

    /// <summary>When the refresh token expires that was issued together with this token; <c>null</c> if none was issued.</summary>
    [Id(16)]
    public DateTimeOffset? RefreshExpiresAt { get; init; }

    /// <summary>
    /// The refresh token that was issued together with this token, in the answer that hands it out; otherwise <c>null</c>.
    /// </summary>
    [Id(17)]
    public string? RefreshToken { get; init; }

    /// <summary>Whether the login depends on a password that must be changed.</summary>
    [Id(30)]
    public bool MustChangePassword { get; init; }

    /// <summary>When the client was registered; <c>null</c> if it was not recorded.</summary>
    [Id(31)]
    public DateTimeOffset? ClientRegisteredAt { get; init; }

    /// <summary>
    /// The time of the newest proof, among the factors that counted when the token was issued and still count. <c>null</c> if no such
    /// factor is left. <see cref="AuthenticatedAt"/> does not change after the token was issued.
    /// </summary>
    [Id(40)]
    public DateTimeOffset? ProvedAt { get; init; }

    /// <summary>
    /// The grant without the audiences for which its client is no longer registered. Returns the same object if nothing is removed.
    /// </summary>
    public TokenGrant Within(OidcClient client)
    {
        var scopes = OidcScopes.Within(Scopes, client);
        return scopes == Scopes ? this : this with { Scopes = scopes, Audiences = OidcScopes.Audiences(ClientId, scopes) };
    }

    private bool PrintMembers(StringBuilder builder)
    {
        builder.Append("AuthorizationId = ").Append(AuthorizationId).Append(", TokenId = ").Append(TokenId).Append(", ClientId = ").Append(ClientId)
            .Append(", UserId = ").Append(UserId).Append(", SessionId = ").Append(SessionId);
        return true;
    }
}

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
