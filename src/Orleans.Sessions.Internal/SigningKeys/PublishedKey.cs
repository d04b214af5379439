namespace Orleans.Sessions.SigningKeys;

/// <summary>A published key.</summary>
/// <param name="Id">The <c>kid</c>.</param>
/// <param name="SignsFrom">When the key began to sign, or will begin to sign.</param>
/// <param name="State">Whether the key signs.</param>
/// <param name="CreatedAt">When the key was made; <c>null</c> if it was not recorded.</param>
/// <param name="Bits">The size of an RSA key; <c>null</c> for other keys, and if it was not recorded.</param>
/// <param name="Algorithm">The algorithm with which the key signs; <c>null</c> if it was not recorded.</param>
[GenerateSerializer, Immutable, Alias("sessions.PublishedKey")]
public sealed record PublishedKey(
    [property: Id(0)] string Id,
    [property: Id(1)] DateTimeOffset SignsFrom,
    [property: Id(2)] PublishedKeyState State,
    [property: Id(3)] DateTimeOffset? CreatedAt = null,
    [property: Id(4)] int? Bits = null,
    [property: Id(5)] string? Algorithm = null
)
{
    /// <summary>The kind of the key, and how it signs.</summary>
    public KeyForm Form => KeyForm.Of(Algorithm, Bits);
}
