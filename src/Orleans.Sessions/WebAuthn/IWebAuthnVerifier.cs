using System.Collections.Immutable;

namespace Orleans.Sessions.WebAuthn;

/// <summary>
/// The ceremonies of WebAuthn Level 3 (§7.1, §7.2): makes options for browsers and verifies what authenticators answer. It knows no sessions
/// and stores nothing, so that a library of one's choice can do it.
/// <para>
/// Finishing verifies challenge, origin, relying party id, user presence and verification, backup flags and signature. Not the signature
/// counter: what was seen before is the user's to know.
/// </para>
/// </summary>
public interface IWebAuthnVerifier
{
    /// <summary>Begins the registration of a key that <paramref name="holder"/> does not have yet.</summary>
    Task<WebAuthnCeremony> BeginRegistrationAsync(WebAuthnTerms terms, KeyHolder holder, AuthenticatorAttachment attachment);

    /// <summary>The credential that was made; <c>null</c>: the answer is wrong.</summary>
    Task<WebAuthnCredential?> FinishRegistrationAsync(WebAuthnTerms terms, KeyHolder holder, string state, ClientCredential answer);

    /// <summary>Begins a login by one of the holder's keys, or, without a <paramref name="holder"/>, by any key that names its own.</summary>
    Task<WebAuthnCeremony> BeginAssertionAsync(WebAuthnTerms terms, KeyHolder? holder);

    /// <summary>What the answer of one of the holder's keys proves; <c>null</c>: it is wrong.</summary>
    Task<VerifiedAssertion?> FinishAssertionAsync(WebAuthnTerms terms, KeyHolder holder, string state, ClientCredential answer);
}

/// <summary>A user as authenticators know it.</summary>
/// <param name="Handle">What keys store to name their user, at most 64 bytes.</param>
/// <param name="Name">The login name, to tell accounts apart.</param>
/// <param name="DisplayName">The name to show.</param>
/// <param name="Credentials">The keys that matter to the ceremony.</param>
public sealed record KeyHolder(string Handle, string Name, string DisplayName, ImmutableArray<WebAuthnCredential> Credentials);

/// <summary>What a right answer says.</summary>
/// <param name="SignCount">The signature counter.</param>
/// <param name="IsBackedUp">Whether the key is stored elsewhere too.</param>
/// <param name="UserVerified">Whether the authenticator verified the person.</param>
public sealed record VerifiedAssertion(uint SignCount, bool IsBackedUp, bool UserVerified);
