using System.Collections.Immutable;

namespace Orleans.Sessions.WebAuthn;

/// <summary>A passkey or security key of a user: either its registration is pending or its credential is there.</summary>
/// <param name="Id">Its id at the user, as clients know it.</param>
/// <param name="Kind">What it is good for.</param>
/// <param name="RpId">The relying party id it was made for.</param>
public sealed record StoredWebAuthnKey(string Id, WebAuthnKind Kind, string RpId)
{
    /// <summary>What the person calls it.</summary>
    public string Name { get; init; } = "";

    /// <summary>The registration that waits to be finished.</summary>
    public PendingRegistration? Pending { get; init; }

    /// <summary>The credential, once registered.</summary>
    public WebAuthnCredential? Credential { get; init; }
}

/// <summary>A registration that has begun.</summary>
/// <param name="State">See <see cref="WebAuthnCeremony.State"/>.</param>
/// <param name="ExpiresAt">From when on it is too late to finish it.</param>
/// <param name="ByCode">Whether a code allowed it, so that no right is needed to finish it.</param>
public sealed record PendingRegistration(string State, DateTimeOffset ExpiresAt, bool ByCode);

/// <summary>A WebAuthn credential record (WebAuthn §4); nothing in it is secret.</summary>
/// <param name="Id">The credential id the authenticator chose.</param>
/// <param name="PublicKey">The public key, COSE.</param>
/// <param name="SignCount">The highest signature counter seen; 0 for keys that do not count.</param>
/// <param name="IsBackupEligible">Whether the key can be stored elsewhere too; it never changes.</param>
/// <param name="IsBackedUp">Whether it was when it was last used.</param>
/// <param name="Transports">How browsers may reach it; a hint.</param>
public sealed record WebAuthnCredential(
    ImmutableArray<byte> Id,
    ImmutableArray<byte> PublicKey,
    uint SignCount,
    bool IsBackupEligible,
    bool IsBackedUp,
    ImmutableArray<string> Transports);

/// <summary>A code that allows to register a passkey: only its hash is kept.</summary>
public sealed record StoredPasskeyCode(string Id, ImmutableArray<byte> Hash, DateTimeOffset ExpiresAt);
