namespace Orleans.Sessions;

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
