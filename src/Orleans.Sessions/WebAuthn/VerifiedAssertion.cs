namespace Orleans.Sessions.WebAuthn;

/// <summary>The content of a right answer.</summary>
/// <param name="SignCount">The signature counter.</param>
/// <param name="IsBackedUp">Whether the key is also stored elsewhere.</param>
/// <param name="UserVerified">Whether the authenticator verified the person.</param>
/// <param name="IsHardwareBound">Whether a certified authenticator keeps the key in its hardware, by its attestation.</param>
internal sealed record VerifiedAssertion(uint SignCount, bool IsBackedUp, bool UserVerified, bool IsHardwareBound);
