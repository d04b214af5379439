namespace Orleans.Sessions.WebAuthn;

/// <summary>The requirements of a ceremony.</summary>
/// <param name="RpId">The relying party id.</param>
/// <param name="UserVerification">Whether the authenticator must verify the person.</param>
[GenerateSerializer, Immutable, Alias("sessions.WebAuthnTerms")]
internal sealed record WebAuthnTerms([property: Id(0)] string RpId, [property: Id(1)] UserVerification UserVerification)
{
    /// <summary>The keys that may answer: passkeys if the person must be verified, otherwise security keys (contract §4.1).</summary>
    public WebAuthnKind Kind => UserVerification == UserVerification.Required ? WebAuthnKind.Passkey : WebAuthnKind.U2F;
}

/// <summary>A pending challenge of a session.</summary>
/// <param name="Terms">The requirements.</param>
/// <param name="State">See <see cref="WebAuthnCeremony.State"/>.</param>
/// <param name="ExpiresAt">The time limit for an answer.</param>
[GenerateSerializer, Immutable, Alias("sessions.PendingAssertion")]
internal sealed record PendingAssertion(
    [property: Id(0)] WebAuthnTerms Terms,
    [property: Id(1)] string State,
    [property: Id(2)] DateTimeOffset ExpiresAt
);
