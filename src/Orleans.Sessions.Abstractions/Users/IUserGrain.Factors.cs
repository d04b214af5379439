using System.Collections.Immutable;
using Orleans.Concurrency;

namespace Orleans.Sessions;

/// <content>The factors with which a person proves who they are.</content>
public partial interface IUserGrain
{
    /// <summary>
    /// Creates a code with which the password can be set without the current password (<see cref="PasswordChange.VerificationCode"/>). The
    /// code is valid for an hour. Needs <c>user.write</c>, and <c>user.credential.write</c> to get the code in the answer. Fails with
    /// <c>COMMAND-SAF4f</c> (no such person), <c>COMMAND-Sfe4g</c> (not initialized), <c>COMMAND-Pn0ne</c> (by SMS without a verified
    /// number), or as <see cref="SendEmailCodeAsync"/>.
    /// </summary>
    [Alias("RequestPasswordReset")]
    Task<IssuedCode> RequestPasswordResetAsync(Caller caller, CodeRequest code, OtpChannel channel);

    /// <summary>
    /// Changes the password. There are three ways.
    /// <para>
    /// With the current password: allowed for the user, or with <c>user.credential.write</c>. A wrong password counts towards the lockout
    /// and fails like a check (<c>COMMAND-3M0fs</c>, <c>COMMAND-JLK35</c>, <c>COMMAND-SFA3t</c>). Sessions stay alive without their
    /// password factor, and the tokens that depend on it become invalid.
    /// </para>
    /// <para>
    /// With a code of <see cref="RequestPasswordResetAsync"/>: all sessions with a proved factor end. Fails with <c>COMMAND-2M9fs</c> (no
    /// code exists), <c>CODE-QvUQ4P</c> or <c>CODE-woT0xc</c>.
    /// </para>
    /// <para>
    /// Without either: needs <c>user.credential.write</c>. If the user had a password, all sessions of the user end. If a login frontend
    /// sets it, they live on, but nothing that they have proved counts any more, and all tokens of logins become invalid. Users may set
    /// their own by a session token whose session has proved the present password within <c>Sessions:Users:MaxProofAge</c>
    /// (<c>AUTHZ-Prf01</c>); that works like a change with the current password.
    /// </para>
    /// Fails with <c>COMMAND-G8dh3</c> (no such person), <c>COMMAND-Fds3s</c> (the user has no password to compare), <c>COMMAND-Aesh5</c>
    /// (the same password), <c>DOMAIN-…</c>, <c>USER-oz74onzvqr</c>, <c>USER-Hash2</c>, <c>COMMAND-Hash2</c>, <c>SESSION-Busy1</c>.
    /// </summary>
    [ResponseTimeout("00:05:00")]
    [Alias("SetPassword")]
    Task<UserDetails> SetPasswordAsync(Caller caller, PasswordChange change, bool? endOtherSessions = null);

    /// <summary>
    /// Adds codes by SMS or e-mail as a factor of the user. Needs <c>user.credential.write</c>. Fails with <c>QUERY-Dfbg2</c>,
    /// <c>COMMAND-Ad3g2</c> or <c>COMMAND-MKL2s</c> (already a factor), <c>COMMAND-Q54j2</c> or <c>COMMAND-KLJ2d</c> (number or address not
    /// verified).
    /// </summary>
    [Alias("AddOtp")]
    Task<UserDetails> AddOtpAsync(Caller caller, OtpChannel channel, bool? endOtherSessions = null);

    /// <summary>
    /// Removes that factor. Needs <c>user.credential.write</c>. Fails with <c>QUERY-Dfbg2</c>, <c>COMMAND-Sr3h3</c> or
    /// <c>COMMAND-b312D</c>.
    /// </summary>
    [Alias("RemoveOtp")]
    Task<UserDetails> RemoveOtpAsync(Caller caller, OtpChannel channel, bool? endOtherSessions = null);

    /// <summary>
    /// Begins to set up an authenticator app, and replaces an unfinished setup. Needs <c>user.credential.write</c>. Fails with
    /// <c>COMMAND-5M0sd</c> (no such person) or <c>COMMAND-do9se</c> (the user already has one).
    /// </summary>
    [Alias("RegisterTotp")]
    Task<TotpEnrolment> RegisterTotpAsync(Caller caller);

    /// <summary>
    /// Finishes the setup with a code of the app. Needs <c>user.credential.write</c>. Fails with <c>COMMAND-3Mif9s</c> (no setup begun),
    /// <c>COMMAND-qx4ls</c> (already done) or <c>EVENT-8isk2</c> (wrong code).
    /// </summary>
    [Alias("VerifyTotpRegistration")]
    Task<UserDetails> VerifyTotpRegistrationAsync(Caller caller, string code, bool? endOtherSessions = null);

    /// <summary>Removes the authenticator app. Needs <c>user.credential.write</c>. Fails with <c>COMMAND-Hd9sd</c>.</summary>
    [Alias("RemoveTotp")]
    Task<UserDetails> RemoveTotpAsync(Caller caller, bool? endOtherSessions = null);

    /// <summary>
    /// Creates <paramref name="count"/> more recovery codes, at most 10 in all. The codes are shown only in this answer. Needs
    /// <c>user.credential.write</c>. Fails with <c>QUERY-Dfbg2</c>, <c>COMMAND-7c0nx</c> (count), <c>COMMAND-8f2k9</c> (too many) or
    /// <c>COMMAND-l2n9r</c> (locked).
    /// </summary>
    [Alias("GenerateRecoveryCodes")]
    Task<NewRecoveryCodes> GenerateRecoveryCodesAsync(Caller caller, int count, bool? endOtherSessions = null);

    /// <summary>
    /// Removes all recovery codes. Needs <c>user.credential.write</c>. Fails with <c>QUERY-Dfbg2</c>, <c>COMMAND-84rgg</c> (the user has
    /// none) or <c>COMMAND-d9u8q</c> (locked).
    /// </summary>
    [Alias("RemoveRecoveryCodes")]
    Task<UserDetails> RemoveRecoveryCodesAsync(Caller caller, bool? endOtherSessions = null);

    /// <summary>
    /// The credentials that are ready for use. If <paramref name="domain"/> is given, only the passkeys and security keys of that relying
    /// party are included. Needs <c>user.read</c>. Fails with <c>QUERY-Dfbg2</c>.
    /// </summary>
    [AlwaysInterleave]
    [Alias("ListAuthenticationMethods")]
    Task<ImmutableArray<AuthenticationMethod>> ListAuthenticationMethodsAsync(Caller caller, string? domain = null);

    /// <summary>The second factors, including unfinished ones. Needs <c>user.read</c>. Fails with <c>QUERY-Dfbg2</c>.</summary>
    [AlwaysInterleave]
    [Alias("ListAuthenticationFactors")]
    Task<ImmutableArray<AuthenticationFactor>> ListAuthenticationFactorsAsync(Caller caller);
}
