using System.Collections.Immutable;
using Orleans.Concurrency;

namespace Orleans.Sessions;

/// <summary>
/// Setting up a person's passkeys and security keys . Implemented by the user's grain, key
/// <see cref="GrainKeys.User"/>; what is said at <see cref="IUserGrain"/> about errors, permission and durability holds here too.
/// Passkeys need <c>user.passkey.write</c>, security keys <c>user.credential.write</c>, unless users do it for themselves.
/// </summary>
[Alias("sessions.IWebAuthnRegistration")]
public interface IWebAuthnRegistration : IGrainWithStringKey
{
    /// <summary>
    /// Makes a code with which somebody may register one passkey within an hour; the newest five are valid. Needs <c>user.passkey.write</c>,
    /// even as the user oneself. Fails with <c>QUERY-Dfbg2</c> (no such person).
    /// </summary>
    [Alias("CreatePasskeyCode")]
    Task<CreatedPasskeyCode> CreatePasskeyCodeAsync(Caller caller, CodeRequest request);

    /// <summary>
    /// Begins a registration, which must be finished within five minutes; a code given with it is used up and replaces any right. Fails with
    /// <c>COMMAND-Eeb2a</c> (code), <c>QUERY-Dfbg2</c> (no such person), <c>WEBAU-UX9ta</c> (domain) or <c>COMMAND-Wan50</c> (more than 50 keys).
    /// </summary>
    [Alias("Register")]
    Task<WebAuthnEnrolment> RegisterAsync(RegisterWebAuthn command);

    /// <summary>
    /// Finishes a registration with what the browser returned. Who began it with a code needs no right. Fails with
    /// <c>COMMAND-DAfb2</c> (none begun, or too long ago), <c>WEBAU-sEr8c</c> (unreadable) or <c>WEBAU-3Vb9s</c> (refused).
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
}
