namespace Orleans.Sessions.WebAuthn;

/// <summary>What a ceremony demands.</summary>
/// <param name="RpId">The relying party id.</param>
/// <param name="UserVerification">Whether the authenticator must verify the person.</param>
[GenerateSerializer, Immutable, Alias("sessions.WebAuthnTerms")]
public sealed record WebAuthnTerms([property: Id(0)] string RpId, [property: Id(1)] UserVerification UserVerification)
{
    /// <summary>Which keys may answer: passkeys where the person must be verified, otherwise second factor keys (contract §4.1).</summary>
    public WebAuthnKind Kind => UserVerification == UserVerification.Required ? WebAuthnKind.Passkey : WebAuthnKind.U2F;
}

/// <summary>A ceremony that has begun.</summary>
/// <param name="Options">What the browser needs: JSON with base64url binaries.</param>
/// <param name="State">What the verifier needs to finish it, the challenge included; nobody else reads it.</param>
[GenerateSerializer, Immutable, Alias("sessions.WebAuthnCeremony")]
public sealed record WebAuthnCeremony([property: Id(0)] string Options, [property: Id(1)] string State);

/// <summary>A challenge of a session that waits for its answer.</summary>
/// <param name="Terms">What was demanded.</param>
/// <param name="State">See <see cref="WebAuthnCeremony.State"/>.</param>
/// <param name="ExpiresAt">From when on an answer is too late.</param>
[GenerateSerializer, Immutable, Alias("sessions.PendingAssertion")]
public sealed record PendingAssertion(
    [property: Id(0)] WebAuthnTerms Terms,
    [property: Id(1)] string State,
    [property: Id(2)] DateTimeOffset ExpiresAt);
