using System.Collections.Immutable;

namespace Orleans.Sessions;

/// <summary>An entry of an organization's metadata.</summary>
/// <param name="Key">The key, 1 to 200 characters.</param>
/// <param name="Value">The value, at least one byte.</param>
/// <param name="CreatedAt">When the key was set first.</param>
/// <param name="ChangedAt">When the value was set last.</param>
[GenerateSerializer, Immutable, Alias("sessions.OrganizationMetadata")]
public sealed record OrganizationMetadata(
    [property: Id(0)] string Key,
    [property: Id(1)] ImmutableArray<byte> Value,
    [property: Id(2)] DateTimeOffset CreatedAt,
    [property: Id(3)] DateTimeOffset ChangedAt
);
