using System.Collections.Immutable;
using System.Text;

namespace Orleans.Sessions;

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

    /// <summary>The level of assurance: <c>aal1</c>, <c>aal2</c>, <c>phr</c> or <c>aal3</c>.</summary>
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

    /// <summary>When the client was registered; <c>null</c> for service accounts, which are their own clients.</summary>
    [Id(31)]
    public DateTimeOffset? ClientRegisteredAt { get; init; }

    /// <summary>
    /// The time of the newest proof, among the factors that counted when the token was issued and still count. <c>null</c> if no such
    /// factor is left. <see cref="AuthenticatedAt"/> does not change after the token was issued.
    /// </summary>
    [Id(40)]
    public DateTimeOffset? ProvedAt { get; init; }

    /// <summary>
    /// Whether nothing was proved in the login: a login frontend only named the user. Such a token is not enough for this service's own
    /// API.
    /// </summary>
    [Id(50)]
    public bool IsUnproved { get; init; }

    /// <summary>
    /// Whether a registered client speaks for itself. Then <see cref="UserId"/> is the id of the client, and there is no user and no
    /// session. Such a token is not for this service's own API.
    /// </summary>
    [Id(60)]
    public bool IsForClient { get; init; }

    /// <summary>
    /// The users who act in the name of the user, the present one first (RFC 8693 §4.1). The others acted before in the chain of exchanges.
    /// </summary>
    [Id(61)]
    public ImmutableArray<string> Actors { get; init; } = [];

    /// <summary>
    /// The thumbprint of the key to which the token is bound (RFC 9449 §6, RFC 7638: SHA-256, base64url, 43 characters). Such a token is
    /// only good together with a proof of that key. <c>null</c> if it is a bearer token.
    /// </summary>
    [Id(62)]
    public string? KeyThumbprint { get; init; }

    /// <summary>The claims that the id token has because the request named them.</summary>
    [Id(63)]
    public ImmutableArray<string> IdTokenClaims { get; init; } = [];

    /// <summary>The claims that userinfo has because the request named them.</summary>
    [Id(64)]
    public ImmutableArray<string> UserInfoClaims { get; init; } = [];

    /// <summary>
    /// The resources that were named as the only audiences (RFC 8707); empty if none were. <see cref="Audiences"/> are those of them that
    /// the client may still name.
    /// </summary>
    [Id(65)]
    public ImmutableArray<string> Resources { get; init; } = [];

    /// <summary>
    /// The thumbprint of the TLS client certificate to which the token is bound (RFC 8705 §3.1: SHA-256 of the certificate, base64url, 43
    /// characters). Such a token is only good on connections with that certificate. <c>null</c> if it is bound to none.
    /// </summary>
    [Id(66)]
    public string? CertificateThumbprint { get; init; }

    private bool PrintMembers(StringBuilder builder)
    {
        builder
            .Append("AuthorizationId = ")
            .Append(AuthorizationId)
            .Append(", TokenId = ")
            .Append(TokenId)
            .Append(", ClientId = ")
            .Append(ClientId)
            .Append(", UserId = ")
            .Append(UserId)
            .Append(", SessionId = ")
            .Append(SessionId);
        return true;
    }
}
