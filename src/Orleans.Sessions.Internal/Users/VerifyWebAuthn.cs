namespace Orleans.Sessions;

/// <summary>The command that finishes the registration of a passkey or security key.</summary>
[GenerateSerializer, Immutable, Alias("sessions.VerifyWebAuthn")]
public sealed record VerifyWebAuthn
{
    /// <summary>The caller.</summary>
    [Id(0)]
    public required Caller Caller { get; init; }

    /// <summary>The kind of key that was begun.</summary>
    [Id(1)]
    public required WebAuthnKind Kind { get; init; }

    /// <summary>The id that the registration got at its beginning.</summary>
    [Id(2)]
    public required string Id { get; init; }

    /// <summary>A PublicKeyCredential with an attestation, as JSON with base64url binaries; at most 64 KiB.</summary>
    [Id(3)]
    public required string Credential { get; init; }

    /// <summary>The person's name for the key, 1 to 200 characters.</summary>
    [Id(4)]
    public required string Name { get; init; }

    /// <summary>Whether other sessions end, as in the methods of <see cref="IUserGrain"/> that change a credential or address.</summary>
    [Id(5)]
    public bool? EndOtherSessions { get; init; }
}
