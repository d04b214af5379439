using System.Collections.Immutable;
using Orleans.Concurrency;

namespace Orleans.Sessions;

/// <summary>
/// Registers the passkeys and security keys of a person. The user's grain implements this interface; its key is
/// <see cref="GrainKeys.User"/>. The rules of <see cref="IUserGrain"/> about errors, permission and durability apply here too. Passkeys
/// need <c>user.passkey.write</c> and security keys need <c>user.credential.write</c>, unless users register for themselves.
/// </summary>
[Alias("sessions.IWebAuthnRegistration")]
public interface IWebAuthnRegistration : IGrainWithStringKey
{
    /// <summary>
    /// Creates a code with which a person may register one passkey within an hour. The newest five codes are valid. Needs
    /// <c>user.passkey.write</c>, also for one's own user. Fails with <c>QUERY-Dfbg2</c> (no such person).
    /// </summary>
    [Alias("CreatePasskeyCode")]
    Task<CreatedPasskeyCode> CreatePasskeyCodeAsync(Caller caller, CodeRequest request);

    /// <summary>
    /// Begins a registration, which must be finished within five minutes. A code in the command is used up, and the caller then needs no
    /// permission. Fails with <c>COMMAND-Eeb2a</c> (code), <c>QUERY-Dfbg2</c> (no such person), <c>WEBAU-UX9ta</c> (domain) or
    /// <c>COMMAND-Wan50</c> (more than 50 keys).
    /// </summary>
    [Alias("Register")]
    Task<WebAuthnEnrolment> RegisterAsync(RegisterWebAuthn command);

    /// <summary>
    /// Finishes a registration with what the browser returned. If the registration was begun with a code, the caller needs no permission.
    /// Fails with <c>COMMAND-DAfb2</c> (no registration begun, or too long ago), <c>WEBAU-sEr8c</c> (unreadable), <c>WEBAU-3Vb9s</c>
    /// (wrong in any way) or <c>COMMAND-Wan51</c> (the relying party does not accept the authenticator).
    /// </summary>
    [Alias("Verify")]
    Task<UserDetails> VerifyAsync(VerifyWebAuthn command);

    /// <summary>Removes a passkey or security key, finished or not. Fails with <c>COMMAND-DAfb2</c>.</summary>
    [Alias("Remove")]
    Task<UserDetails> RemoveAsync(Caller caller, WebAuthnKind kind, string id, bool? endOtherSessions = null);

    /// <summary>The passkeys, unfinished ones included, oldest first. Needs <c>user.read</c>. Fails with <c>QUERY-Dfbg2</c>.</summary>
    [AlwaysInterleave]
    [Alias("ListPasskeys")]
    Task<ImmutableArray<PasskeyView>> ListPasskeysAsync(Caller caller);

    /// <summary>
    /// The registered passkeys and security keys with what is known about their authenticators. Needs <c>user.read</c>. Fails with
    /// <c>QUERY-Dfbg2</c>.
    /// </summary>
    [AlwaysInterleave]
    [Alias("ListAuthenticators")]
    Task<Authenticators> ListAuthenticatorsAsync(Caller caller);
}
