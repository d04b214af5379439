using System.Collections.Immutable;

namespace Orleans.Sessions.Oidc.Authorizations;

/// <summary>An access token, identified by its id and, if it is opaque, by the hash of the whole token.</summary>
internal sealed record StoredOidcToken(
    string Id,
    DateTimeOffset IssuedAt,
    DateTimeOffset ExpiresAt,
    ImmutableArray<byte>? Hash = null,
    ImmutableArray<string>? Scopes = null,
    string? KeyThumbprint = null,
    ImmutableArray<string>? Resources = null,
    string? CertificateThumbprint = null
);
