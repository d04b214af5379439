namespace Orleans.Sessions.WebAuthn;

/// <summary>
/// The ceremonies of WebAuthn Level 3 (§7.1, §7.2): makes options for browsers and verifies the answers of authenticators. It knows no
/// sessions and stores nothing, so that another library can implement it.
/// <para>
/// Finishing verifies challenge, origin, relying party id, user presence and verification, backup flags and signature. It does not verify
/// the signature counter, because the last seen value is stored with the user.
/// </para>
/// </summary>
internal interface IWebAuthnVerifier
{
    /// <summary>Begins the registration of a key that <paramref name="holder"/> does not have yet.</summary>
    Task<WebAuthnCeremony> BeginRegistrationAsync(WebAuthnTerms terms, KeyHolder holder, AuthenticatorAttachment attachment);

    /// <summary>The new credential; <c>null</c> if the answer is wrong.</summary>
    Task<WebAuthnCredential?> FinishRegistrationAsync(WebAuthnTerms terms, KeyHolder holder, string state, ClientCredential answer);

    /// <summary>
    /// Begins a login with one of the holder's keys or, without a <paramref name="holder"/>, with any key that names its owner.
    /// </summary>
    Task<WebAuthnCeremony> BeginAssertionAsync(WebAuthnTerms terms, KeyHolder? holder);

    /// <summary>What the answer of one of the holder's keys proves; <c>null</c> if the answer is wrong.</summary>
    Task<VerifiedAssertion?> FinishAssertionAsync(WebAuthnTerms terms, KeyHolder holder, string state, ClientCredential answer);
}
