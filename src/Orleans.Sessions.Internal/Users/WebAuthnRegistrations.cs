namespace Orleans.Sessions;

/// <summary>The use of a registered key.</summary>
public enum WebAuthnKind
{
    /// <summary>The key is a login by itself. It verifies the person and works without a user name.</summary>
    Passkey = 1,

    /// <summary>The key is a second factor.</summary>
    U2F = 2,
}

/// <summary>Where the authenticator must be. The numbers are those of <c>zitadel.user.v2.PasskeyAuthenticator</c>.</summary>
public enum AuthenticatorAttachment
{
    /// <summary>Anywhere.</summary>
    Any = 0,

    /// <summary>The authenticator is built into the device.</summary>
    Platform = 1,

    /// <summary>The authenticator is not built in, such as a USB key or a phone.</summary>
    CrossPlatform = 2,
}

/// <summary>A code with which a passkey can be registered for a user, once.</summary>
/// <param name="Id">The id of the code.</param>
/// <param name="Code">The secret.</param>
[GenerateSerializer, Immutable, Alias("sessions.PasskeyCode")]
public sealed record PasskeyCode([property: Id(0)] string Id, [property: Id(1)] string Code)
{
    private bool PrintMembers(System.Text.StringBuilder builder)
    {
        builder.Append("Id = ").Append(Id);
        return true;
    }
}

/// <summary>A created code, and the state of the user's record.</summary>
/// <param name="Details">The state of the user's record.</param>
/// <param name="Code">The code; <c>null</c> if it was sent.</param>
[GenerateSerializer, Immutable, Alias("sessions.CreatedPasskeyCode")]
public sealed record CreatedPasskeyCode([property: Id(0)] UserDetails Details, [property: Id(1)] PasskeyCode? Code);

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

/// <summary>A registration that has begun.</summary>
/// <param name="Details">The state of the user's record.</param>
/// <param name="Id">The id of the passkey or security key.</param>
/// <param name="Options">The <c>PublicKeyCredentialCreationOptions</c> as JSON with base64url binaries, without the wrapper
/// <c>publicKey</c>.</param>
[GenerateSerializer, Immutable, Alias("sessions.WebAuthnEnrolment")]
public sealed record WebAuthnEnrolment(
    [property: Id(0)] UserDetails Details,
    [property: Id(1)] string Id,
    [property: Id(2)] string Options
);

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

/// <summary>A passkey as clients see it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">The person's name for the passkey; empty until the registration is finished.</param>
/// <param name="State">Whether its registration is finished.</param>
[GenerateSerializer, Immutable, Alias("sessions.PasskeyView")]
public sealed record PasskeyView([property: Id(0)] string Id, [property: Id(1)] string Name, [property: Id(2)] FactorState State);
