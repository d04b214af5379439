namespace Orleans.Sessions;

/// <summary>A proved passkey or security key.</summary>
/// <param name="VerifiedAt">When it was checked.</param>
/// <param name="UserVerified">Whether the authenticator verified the person (the UV flag). Then the key counts as two factors.</param>
[GenerateSerializer, Immutable, Alias("sessions.WebAuthnFactor")]
public sealed record WebAuthnFactor([property: Id(0)] DateTimeOffset VerifiedAt, [property: Id(1)] bool UserVerified);
