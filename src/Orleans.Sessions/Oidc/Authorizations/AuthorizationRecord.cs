using System.Collections.Immutable;
using Orleans.Sessions.Sessions;

namespace Orleans.Sessions.Oidc.Authorizations;

/// <summary>
/// An authorization as it is stored: JSON, replaced as a whole by each change, growing only optional properties. The database reads
/// <c>clientId</c>, <c>issuer</c>, <c>sessionId</c>, <c>userId</c> and <c>expiresAt</c>, to know whom to tell of a logout and what to purge.
/// </summary>
public sealed record AuthorizationRecord
{
    /// <summary>The client.</summary>
    public required string ClientId { get; init; }

    /// <summary>When the client was registered.</summary>
    public DateTimeOffset? ClientRegisteredAt { get; init; }

    /// <summary>The issuer, without trailing slash.</summary>
    public required string Issuer { get; init; }

    /// <summary>The granted scopes.</summary>
    public required ImmutableArray<string> Scopes { get; init; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the last thing in it expires: then it is as if it had never been.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>What a browser's client asked for.</summary>
    public AuthorizationRequest? Request { get; init; }

    /// <summary>What a device asked for.</summary>
    public DeviceRequest? Device { get; init; }

    /// <summary>When somebody logged in for it or refused.</summary>
    public DateTimeOffset? CompletedAt { get; init; }

    /// <summary>The OAuth error it ended with.</summary>
    public AuthorizationFailure? Failure { get; init; }

    /// <summary>Who logged in.</summary>
    public AuthorizationLogin? Login { get; init; }

    /// <summary>SHA-256 of the authorization code or device code.</summary>
    public ImmutableArray<byte>? CodeHash { get; init; }

    /// <summary>Until when the code works.</summary>
    public DateTimeOffset? CodeExpiresAt { get; init; }

    /// <summary>When the code was used.</summary>
    public DateTimeOffset? CodeUsedAt { get; init; }

    /// <summary>The access tokens that have not expired.</summary>
    public ImmutableArray<StoredOidcToken>? AccessTokens { get; init; }

    /// <summary>SHA-256 of the refresh token.</summary>
    public ImmutableArray<byte>? RefreshHash { get; init; }

    /// <summary>Until when the refresh token works.</summary>
    public DateTimeOffset? RefreshExpiresAt { get; init; }

    /// <summary>When refresh tokens end altogether.</summary>
    public DateTimeOffset? RefreshEndsAt { get; init; }

    /// <summary>Which one of its family the refresh token is, from 1; <c>null</c>: it is of the time before they were counted.</summary>
    public int? RefreshGeneration { get; init; }

    /// <summary>By which the family knows its earlier refresh tokens (<see cref="RefreshTokens"/>).</summary>
    public ImmutableArray<byte>? RefreshKey { get; init; }

    /// <summary>SHA-256 of refresh tokens that were replaced before they were counted.</summary>
    public ImmutableArray<ImmutableArray<byte>>? UsedRefreshHashes { get; init; }

    /// <summary>When everything was revoked.</summary>
    public DateTimeOffset? RevokedAt { get; init; }

    /// <summary>The session, for the database.</summary>
    public string? SessionId => Login?.SessionId;

    /// <summary>The user, for the database.</summary>
    public string? UserId => Login?.UserId;
}

/// <summary>Who logged in for an authorization, and what that proves.</summary>
public sealed record AuthorizationLogin
{
    /// <summary>The user.</summary>
    public required string UserId { get; init; }

    /// <summary>The user's organization; <c>null</c>: nobody noted it.</summary>
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

    /// <summary>What the login rests on: the tokens die with any of it. <c>null</c>: nobody noted it, or it is a service account's.</summary>
    public ImmutableArray<Proof>? Proofs { get; init; }
}

/// <summary>An OAuth error and what is said about it.</summary>
public sealed record AuthorizationFailure(string Error, string? Description = null, string? Uri = null);

/// <summary>An access token: known by its id, and by the hash of the whole token if it is opaque.</summary>
public sealed record StoredOidcToken(
    string Id, DateTimeOffset IssuedAt, DateTimeOffset ExpiresAt, ImmutableArray<byte>? Hash = null, ImmutableArray<string>? Scopes = null);
