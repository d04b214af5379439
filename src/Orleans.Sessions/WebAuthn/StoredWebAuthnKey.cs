namespace Orleans.Sessions.WebAuthn;

/// <summary>A passkey or security key of a user: either its registration is pending or it has a credential.</summary>
/// <param name="Id">Its id, as clients know it.</param>
/// <param name="Kind">Passkey or security key.</param>
/// <param name="RpId">The relying party id it was made for.</param>
internal sealed record StoredWebAuthnKey(string Id, WebAuthnKind Kind, string RpId)
{
    /// <summary>The name that the person gave it.</summary>
    public string Name { get; init; } = "";

    /// <summary>The pending registration.</summary>
    public PendingRegistration? Pending { get; init; }

    /// <summary>The credential, once registered.</summary>
    public WebAuthnCredential? Credential { get; init; }

    /// <summary>When the credential was registered; <c>null</c> if it was not recorded.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>When the credential last logged in, in steps of an hour; <c>null</c> if it did not, or if it was not recorded.</summary>
    public DateTimeOffset? UsedAt { get; init; }
}
