namespace Orleans.Sessions;

/// <summary>What a registered key is good for.</summary>
public enum WebAuthnKind
{
    /// <summary>Logs in by itself: it verifies the person and can be found without a user name.</summary>
    Passkey = 1,

    /// <summary>A second factor beside something else.</summary>
    U2F = 2,
}

/// <summary>Where an authenticator is to be; numbers are those of <c>zitadel.user.v2.PasskeyAuthenticator</c>.</summary>
public enum AuthenticatorAttachment
{
    /// <summary>Anywhere.</summary>
    Any = 0,

    /// <summary>Built into the device.</summary>
    Platform = 1,

    /// <summary>Not built in, such as a USB key or a phone.</summary>
    CrossPlatform = 2,
}

/// <summary>A code that lets somebody register a passkey for a user, once.</summary>
/// <param name="Id">Which code it is.</param>
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

/// <summary>A code that was made, and where the user's record stands.</summary>
/// <param name="Details">Where the user's record stands.</param>
/// <param name="Code">The code; <c>null</c> when it was sent.</param>
[GenerateSerializer, Immutable, Alias("sessions.CreatedPasskeyCode")]
public sealed record CreatedPasskeyCode([property: Id(0)] UserDetails Details, [property: Id(1)] PasskeyCode? Code);

/// <summary>Begins the registration of a passkey or security key.</summary>
[GenerateSerializer, Immutable, Alias("sessions.RegisterWebAuthn")]
public sealed record RegisterWebAuthn
{
    /// <summary>Who asks.</summary>
    [Id(0)]
    public required Caller Caller { get; init; }

    /// <summary>What to register.</summary>
    [Id(1)]
    public required WebAuthnKind Kind { get; init; }

    /// <summary>The relying party id: the host of the page that registers, or a parent of it. The key works for this one only.</summary>
    [Id(2)]
    public required string Domain { get; init; }

    /// <summary>For passkeys: the code that stands for the right to register one.</summary>
    [Id(3)]
    public PasskeyCode? Code { get; init; }

    /// <summary>For passkeys: which authenticators are welcome.</summary>
    [Id(4)]
    public AuthenticatorAttachment Attachment { get; init; }
}

/// <summary>A registration that has begun.</summary>
/// <param name="Details">Where the user's record stands.</param>
/// <param name="Id">The id of the passkey or security key.</param>
/// <param name="Options">The <c>PublicKeyCredentialCreationOptions</c> as JSON with base64url binaries, without the wrapper <c>publicKey</c>.</param>
[GenerateSerializer, Immutable, Alias("sessions.WebAuthnEnrolment")]
public sealed record WebAuthnEnrolment(
    [property: Id(0)] UserDetails Details,
    [property: Id(1)] string Id,
    [property: Id(2)] string Options);

/// <summary>Finishes the registration of a passkey or security key.</summary>
[GenerateSerializer, Immutable, Alias("sessions.VerifyWebAuthn")]
public sealed record VerifyWebAuthn
{
    /// <summary>Who asks.</summary>
    [Id(0)]
    public required Caller Caller { get; init; }

    /// <summary>What was begun.</summary>
    [Id(1)]
    public required WebAuthnKind Kind { get; init; }

    /// <summary>The id it was given.</summary>
    [Id(2)]
    public required string Id { get; init; }

    /// <summary>A PublicKeyCredential with an attestation, as JSON with base64url binaries; at most 64 KiB.</summary>
    [Id(3)]
    public required string Credential { get; init; }

    /// <summary>What the person calls it, 1 to 200 characters.</summary>
    [Id(4)]
    public required string Name { get; init; }

    /// <summary>As in the methods of <see cref="IUserGrain"/> that change a way into the account.</summary>
    [Id(5)]
    public bool? EndOtherSessions { get; init; }
}

/// <summary>A passkey as clients see it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">What the person calls it; empty until it is ready.</param>
/// <param name="State">Whether its registration is finished.</param>
[GenerateSerializer, Immutable, Alias("sessions.PasskeyView")]
public sealed record PasskeyView(
    [property: Id(0)] string Id,
    [property: Id(1)] string Name,
    [property: Id(2)] FactorState State);
