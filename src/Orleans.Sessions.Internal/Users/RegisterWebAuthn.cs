namespace Orleans.Sessions;

/// <summary>The command that begins the registration of a passkey or security key.</summary>
[GenerateSerializer, Immutable, Alias("sessions.RegisterWebAuthn")]
public sealed record RegisterWebAuthn
{
    /// <summary>The caller.</summary>
    [Id(0)]
    public required Caller Caller { get; init; }

    /// <summary>The kind of key to register.</summary>
    [Id(1)]
    public required WebAuthnKind Kind { get; init; }

    /// <summary>
    /// The relying party id: the host of the page that registers, or a parent domain. The key works only for this relying party.
    /// </summary>
    [Id(2)]
    public required string Domain { get; init; }

    /// <summary>For passkeys: a code that replaces the permission to register one.</summary>
    [Id(3)]
    public PasskeyCode? Code { get; init; }

    /// <summary>For passkeys: which authenticators are allowed.</summary>
    [Id(4)]
    public AuthenticatorAttachment Attachment { get; init; }
}
