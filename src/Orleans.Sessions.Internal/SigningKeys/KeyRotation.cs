using System.Collections.Immutable;

namespace Orleans.Sessions.SigningKeys;

/// <summary>What a rotation of keys has done.</summary>
/// <param name="Keys">The published keys, oldest first.</param>
/// <param name="IsNew">
/// Whether a key was made. If not, the next key was announced already, and begins to sign when everybody has had time to fetch it.
/// </param>
[GenerateSerializer, Immutable, Alias("sessions.KeyRotation")]
public sealed record KeyRotation([property: Id(0)] ImmutableArray<PublishedKey> Keys, [property: Id(1)] bool IsNew);
