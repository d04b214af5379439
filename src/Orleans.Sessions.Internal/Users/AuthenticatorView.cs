namespace Orleans.Sessions;

/// <summary>A registered passkey or security key, with what is known about its authenticator.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Kind">Passkey or security key.</param>
/// <param name="Name">The name that the person gave it.</param>
/// <param name="RpId">The relying party id.</param>
/// <param name="CredentialId">The id of the credential, base64url.</param>
[GenerateSerializer, Immutable, Alias("sessions.AuthenticatorView")]
public sealed record AuthenticatorView(
    [property: Id(0)] string Id,
    [property: Id(1)] WebAuthnKind Kind,
    [property: Id(2)] string Name,
    [property: Id(3)] string RpId,
    [property: Id(4)] string CredentialId
)
{
    /// <summary>The model (AAGUID); <c>null</c> if it was not recorded.</summary>
    [Id(5)]
    public Guid? Model { get; init; }

    /// <summary>The name of the model in the metadata; empty if it was not known there.</summary>
    [Id(6)]
    public string ModelName { get; init; } = "";

    /// <summary>The format of the attestation; empty if it was not recorded.</summary>
    [Id(7)]
    public string Format { get; init; } = "";

    /// <summary>Who signed the attestation; empty if it was not recorded.</summary>
    [Id(8)]
    public string Attestation { get; init; } = "";

    /// <summary>Whether the attestation led to a certificate that the metadata named for the model.</summary>
    [Id(9)]
    public bool IsTrusted { get; init; }

    /// <summary>Whether the key can also be stored elsewhere.</summary>
    [Id(10)]
    public bool IsBackupEligible { get; init; }

    /// <summary>Whether it was stored elsewhere when it was last used.</summary>
    [Id(11)]
    public bool IsBackedUp { get; init; }

    /// <summary>When it was registered; <c>null</c> if that was not recorded.</summary>
    [Id(12)]
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>When it last logged in, in steps of an hour; <c>null</c> if it did not, or if that was not recorded.</summary>
    [Id(13)]
    public DateTimeOffset? LastUsedAt { get; init; }
}
