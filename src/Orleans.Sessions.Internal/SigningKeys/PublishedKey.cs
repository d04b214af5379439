namespace Orleans.Sessions.SigningKeys;

/// <summary>A published key.</summary>
/// <param name="Id">The <c>kid</c>.</param>
/// <param name="SignsFrom">When the key began to sign, or will begin to sign.</param>
/// <param name="State">Whether the key signs.</param>
/// <param name="CreatedAt">When the key was made; <c>null</c> if it was not recorded.</param>
/// <param name="Bits">The size of the key; <c>null</c> if it was not recorded: 2048.</param>
[GenerateSerializer, Immutable, Alias("sessions.PublishedKey")]
public sealed record PublishedKey(
    [property: Id(0)] string Id,
    [property: Id(1)] DateTimeOffset SignsFrom,
    [property: Id(2)] PublishedKeyState State,
    [property: Id(3)] DateTimeOffset? CreatedAt = null,
    [property: Id(4)] int? Bits = null
);
