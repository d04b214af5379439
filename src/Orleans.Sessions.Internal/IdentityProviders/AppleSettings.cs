namespace Orleans.Sessions;

/// <summary>
/// What only a provider of the kind <see cref="ProviderKind.Apple"/> has: who signs, and with which key, what stands there for a client
/// secret.
/// </summary>
/// <param name="TeamId">The id of the developer team, 1 to 200 letters and digits.</param>
/// <param name="KeyId">The id of the key, 1 to 200 letters and digits.</param>
[GenerateSerializer, Immutable, Alias("sessions.AppleSettings")]
public sealed record AppleSettings([property: Id(0)] string TeamId, [property: Id(1)] string KeyId);
