using System.Collections.Immutable;
using System.Text;

namespace Orleans.Sessions.Oidc;

/// <summary>Tokens that the gateway has made and wants to hand out; a repeated call brings the same ones and is recognised by them.</summary>
[GenerateSerializer, Immutable, Alias("sessions.NewTokens")]
public sealed record NewTokens
{
    /// <summary>The id of the access token.</summary>
    [Id(0)]
    public required string AccessTokenId { get; init; }

    /// <summary>The access token if it is opaque; a JWT is known by its id.</summary>
    [Id(1)]
    public string? AccessToken { get; init; }

    /// <summary>How long the access token lives.</summary>
    [Id(3)]
    public required TimeSpan AccessTokenLifetime { get; init; }

    /// <summary>How long the refresh token lives unused.</summary>
    [Id(4)]
    public TimeSpan RefreshTokenIdle { get; init; }

    /// <summary>How long refresh tokens live altogether.</summary>
    [Id(5)]
    public TimeSpan RefreshTokenLifetime { get; init; }

    /// <summary>Narrows the scopes of this access token; <c>null</c>: all that were granted.</summary>
    [Id(6)]
    public ImmutableArray<string>? Scopes { get; init; }

    /// <summary>The secret of the refresh token, of which the family makes the token; <c>null</c>: the client gets none.</summary>
    [Id(7)]
    public string? RefreshSecret { get; init; }

    private bool PrintMembers(StringBuilder builder)
    {
        builder.Append("AccessTokenId = ").Append(AccessTokenId);
        return true;
    }
}

/// <summary>An authorization code or device code that may be redeemed: what the request has to match.</summary>
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
    /// <summary>The family of tokens it belongs to.</summary>
    [Id(0)]
    public required string AuthorizationId { get; init; }

    /// <summary>Its id within the family; empty for refresh tokens.</summary>
    [Id(1)]
    public required string TokenId { get; init; }

    /// <summary>The client it was made for.</summary>
    [Id(2)]
    public required string ClientId { get; init; }

    /// <summary>The issuer, without trailing slash.</summary>
    [Id(3)]
    public required string Issuer { get; init; }

    /// <summary>Whom it speaks for.</summary>
    [Id(4)]
    public required string UserId { get; init; }

    /// <summary>What it is good for.</summary>
    [Id(5)]
    public required ImmutableArray<string> Scopes { get; init; }

    /// <summary>Where it is good.</summary>
    [Id(6)]
    public required ImmutableArray<string> Audiences { get; init; }

    /// <summary>When it was made.</summary>
    [Id(7)]
    public required DateTimeOffset IssuedAt { get; init; }

    /// <summary>When it expires.</summary>
    [Id(8)]
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>The session behind it; <c>null</c> for service accounts.</summary>
    [Id(9)]
    public string? SessionId { get; init; }

    /// <summary>When the newest factor was proved.</summary>
    [Id(10)]
    public DateTimeOffset? AuthenticatedAt { get; init; }

    /// <summary>How the person logged in (RFC 8176).</summary>
    [Id(11)]
    public ImmutableArray<string> Methods { get; init; } = [];

    /// <summary>How sure that is (<see cref="AuthenticationContext"/>).</summary>
    [Id(12)]
    public string? Acr { get; init; }

    /// <summary>The nonce of the request, for the id token.</summary>
    [Id(13)]
    public string? Nonce { get; init; }

    /// <summary>The fingerprint id of the session's user agent.</summary>
    [Id(14)]
    public string? AgentId { get; init; }

    /// <summary>Whether the person has a second factor but did not use one.</summary>
    [Id(15)]
    public bool MissesSecondFactor { get; init; }

    /// <summary>When the refresh token that came along expires; <c>null</c>: none did.</summary>
    [Id(16)]
    public DateTimeOffset? RefreshExpiresAt { get; init; }

    /// <summary>The refresh token that came along, while it is handed out; <c>null</c>: none did.</summary>
    [Id(17)]
    public string? RefreshToken { get; init; }

    /// <summary>Whether the login rests on a password that must be changed.</summary>
    [Id(30)]
    public bool MustChangePassword { get; init; }

    /// <summary>When its client was registered; <c>null</c>: nobody noted it.</summary>
    [Id(31)]
    public DateTimeOffset? ClientRegisteredAt { get; init; }

    /// <summary>
    /// When the newest factor was proved that counted when the token was made and counts still; <c>null</c>: there is none. <see cref="AuthenticatedAt"/>
    /// stays what the token said when it was made.
    /// </summary>
    [Id(40)]
    public DateTimeOffset? ProvedAt { get; init; }

    /// <summary>The grant without the audiences that its client is not registered for any more; the same object if there are none.</summary>
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

/// <summary>Tokens for somebody who needs no authorization request: a service account, or the holder of a session token.</summary>
[GenerateSerializer, Immutable, Alias("sessions.DirectGrant")]
public sealed record DirectGrant
{
    /// <summary>The client; for service accounts their own id.</summary>
    [Id(0)]
    public required string ClientId { get; init; }

    /// <summary>The issuer, without trailing slash.</summary>
    [Id(1)]
    public required string Issuer { get; init; }

    /// <summary>The scopes that will be granted.</summary>
    [Id(2)]
    public required ImmutableArray<string> Scopes { get; init; }

    /// <summary>The service account; <c>null</c> when a session speaks.</summary>
    [Id(3)]
    public string? UserId { get; init; }

    /// <summary>The session; <c>null</c> for service accounts.</summary>
    [Id(4)]
    public string? SessionId { get; init; }

    /// <summary>The session's token.</summary>
    [Id(5)]
    public string? SessionToken { get; init; }

    /// <summary>The least level of assurance that the client's registration demands of a session.</summary>
    [Id(6)]
    public string? MinimumAcr { get; init; }

    /// <summary>When the client was registered; <c>null</c> for service accounts.</summary>
    [Id(7)]
    public DateTimeOffset? ClientRegisteredAt { get; init; }

    /// <summary>What the service account proved itself with (<see cref="MachineCredentials"/>): the tokens die with it. <c>null</c>: nobody noted it.</summary>
    [Id(20)]
    public string? Credential { get; init; }

    private bool PrintMembers(StringBuilder builder)
    {
        builder.Append("ClientId = ").Append(ClientId).Append(", UserId = ").Append(UserId).Append(", SessionId = ").Append(SessionId);
        return true;
    }
}
