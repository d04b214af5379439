using System.Collections.Immutable;

namespace Orleans.Sessions.Users;

/// <summary>A client secret; only its hash is stored.</summary>
internal sealed record StoredClientSecret(ImmutableArray<byte> Hash, DateTimeOffset CreatedAt);
