using System.Collections.Immutable;

namespace Orleans.Sessions.Users;

/// <summary>A personal access token; only its hash is stored.</summary>
internal sealed record StoredAccessToken(string Id, ImmutableArray<byte> Hash, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt);
