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
