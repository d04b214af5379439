using System.Collections.Immutable;

namespace Orleans.Sessions.Organizations;

/// <summary>The value of a key of an organization's metadata.</summary>
internal sealed record StoredMetadata(ImmutableArray<byte> Value, DateTimeOffset CreatedAt, DateTimeOffset ChangedAt);
