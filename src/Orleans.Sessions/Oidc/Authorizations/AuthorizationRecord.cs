using System.Collections.Immutable;
using Orleans.Sessions.Logins;

namespace Orleans.Sessions.Oidc.Authorizations;

/// <summary>
/// An authorization in its stored form: JSON, replaced as a whole by each change. New versions only add optional properties.
/// </summary>
internal sealed record AuthorizationRecord
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

    /// <summary>When its last part expires; after that it counts as never having existed.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>
    /// The request as its client pushed it, encrypted; <c>null</c> if it was not pushed, or if its code has been used.
    /// </summary>
    public string? Pushed { get; init; }

    /// <summary>The request of a browser's client.</summary>
    public AuthorizationRequest? Request { get; init; }

    /// <summary>The request of a device.</summary>
    public DeviceRequest? Device { get; init; }

    /// <summary>When a login was first refused for its age or its level; <c>null</c> if none was.</summary>
    public DateTimeOffset? RefusedAt { get; init; }

    /// <summary>The level that the last refused login lacked; <c>null</c> if it lacked none.</summary>
    public string? MissingAcr { get; init; }

    /// <summary>When a person logged in for it or refused it.</summary>
    public DateTimeOffset? CompletedAt { get; init; }

    /// <summary>The OAuth error it ended with.</summary>
    public LoginFailure? Failure { get; init; }

    /// <summary>The login.</summary>
    public SessionLogin? Login { get; init; }

    /// <summary>The users who act for the user of the login, the present one first; <c>null</c> if nobody does.</summary>
    public ImmutableArray<string>? Actors { get; init; }

    /// <summary>SHA-256 of the authorization code or device code.</summary>
    public ImmutableArray<byte>? CodeHash { get; init; }

    /// <summary>When the code expires.</summary>
    public DateTimeOffset? CodeExpiresAt { get; init; }

    /// <summary>When the code was used.</summary>
    public DateTimeOffset? CodeUsedAt { get; init; }

    /// <summary>The access tokens that have not expired.</summary>
    public ImmutableArray<StoredOidcToken>? AccessTokens { get; init; }

    /// <summary>SHA-256 of the refresh token.</summary>
    public ImmutableArray<byte>? RefreshHash { get; init; }

    /// <summary>When the refresh token expires if it is not used.</summary>
    public DateTimeOffset? RefreshExpiresAt { get; init; }

    /// <summary>When the family's refresh tokens end in any case.</summary>
    public DateTimeOffset? RefreshEndsAt { get; init; }

    /// <summary>The number of the refresh token in its family, from 1; <c>null</c> if there is no refresh token.</summary>
    public int? RefreshGeneration { get; init; }

    /// <summary>The key with which the family recognises its earlier refresh tokens (<see cref="RefreshTokens"/>).</summary>
    public ImmutableArray<byte>? RefreshKey { get; init; }

    /// <summary>When the present refresh token replaced the one before; <c>null</c> if it is the first one.</summary>
    public DateTimeOffset? RefreshedAt { get; init; }

    /// <summary>The thumbprint of the key to which the refresh token is bound; <c>null</c> if it is bound to none.</summary>
    public string? KeyThumbprint { get; init; }

    /// <summary>The thumbprint of the certificate to which the refresh token is bound; <c>null</c> if it is bound to none.</summary>
    public string? CertificateThumbprint { get; init; }

    /// <summary>When everything was revoked.</summary>
    public DateTimeOffset? RevokedAt { get; init; }
}
