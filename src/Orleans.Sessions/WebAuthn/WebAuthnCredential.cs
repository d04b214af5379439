using System.Collections.Immutable;

namespace Orleans.Sessions.WebAuthn;

/// <summary>A WebAuthn credential record (WebAuthn §4); nothing in it is secret.</summary>
/// <param name="Id">The credential id the authenticator chose.</param>
/// <param name="PublicKey">The public key, COSE.</param>
/// <param name="SignCount">The highest signature counter seen; 0 for keys that do not count.</param>
/// <param name="IsBackupEligible">Whether the key can also be stored elsewhere; this never changes.</param>
/// <param name="IsBackedUp">Whether it was also stored elsewhere when it was last used.</param>
/// <param name="Transports">How browsers may reach the authenticator; a hint.</param>
internal sealed record WebAuthnCredential(
    ImmutableArray<byte> Id,
    ImmutableArray<byte> PublicKey,
    uint SignCount,
    bool IsBackupEligible,
    bool IsBackedUp,
    ImmutableArray<string> Transports
)
{
    /// <summary>What its authenticator said about itself; <c>null</c> if the key was registered before that was recorded.</summary>
    public KeyAttestation? Attestation { get; init; }
}
