using System.Collections.Immutable;
using Orleans.Concurrency;

namespace Orleans.Sessions;

/// <content>What a person proves who they are with.</content>
public partial interface IUserGrain
{
    /// <summary>
    /// Makes a code with which the password can be set without knowing it (<see cref="PasswordChange.VerificationCode"/>), good for an
    /// hour. Needs <c>user.write</c>; to get the code, <c>user.credential.write</c>. Fails with <c>COMMAND-SAF4f</c> (no such person),
    /// <c>COMMAND-Sfe4g</c> (not initialised), <c>COMMAND-Pn0ne</c> (by SMS without a verified number), or as
    /// <see cref="SendEmailCodeAsync"/>.
    /// </summary>
    [Alias("RequestPasswordReset")]
    Task<IssuedCode> RequestPasswordResetAsync(Caller caller, CodeRequest code, OtpChannel channel);

    /// <summary>
    /// Changes the password. With the current password: by the user or with <c>user.credential.write</c>; a wrong one counts towards the
    /// lockout like a check and fails like one (<c>3M0fs</c>, <c>JLK35</c>, <c>SFA3t</c>); sessions live on without their password factor,
    /// and the tokens that rest on it die. With a code of <see cref="RequestPasswordResetAsync"/>: all sessions with a proved factor end;
    /// fails with <c>COMMAND-2M9fs</c> (there is none), <c>CODE-QvUQ4P</c> or <c>CODE-woT0xc</c>. Without either: needs
    /// <c>user.credential.write</c>, and ends all sessions of the user if there was a password. Fails with <c>COMMAND-G8dh3</c> (no such
    /// person), <c>COMMAND-Fds3s</c> (none to compare), <c>COMMAND-Aesh5</c> (the same), <c>DOMAIN-…</c>, <c>USER-oz74onzvqr</c>,
    /// <c>USER-Hash2</c>, <c>COMMAND-Hash2</c>, <c>SESSION-Busy1</c>.
    /// </summary>
    [ResponseTimeout("00:05:00")]
    [Alias("SetPassword")]
    Task<UserDetails> SetPasswordAsync(Caller caller, PasswordChange change, bool? endOtherSessions = null);

    /// <summary>
    /// Makes codes by SMS or e-mail a factor of the user. Needs <c>user.credential.write</c>. Fails with <c>QUERY-Dfbg2</c>,
    /// <c>COMMAND-Ad3g2</c> or <c>COMMAND-MKL2s</c> (is one already), <c>COMMAND-Q54j2</c> or <c>COMMAND-KLJ2d</c> (number or address not
    /// verified).
    /// </summary>
    [Alias("AddOtp")]
    Task<UserDetails> AddOtpAsync(Caller caller, OtpChannel channel, bool? endOtherSessions = null);

    /// <summary>
    /// Takes that factor away. Needs <c>user.credential.write</c>. Fails with <c>QUERY-Dfbg2</c>, <c>COMMAND-Sr3h3</c> or
    /// <c>COMMAND-b312D</c>.
    /// </summary>
    [Alias("RemoveOtp")]
    Task<UserDetails> RemoveOtpAsync(Caller caller, OtpChannel channel, bool? endOtherSessions = null);

    /// <summary>
    /// Begins to set up an authenticator app, replacing one that was begun. Needs <c>user.credential.write</c>.
    /// Fails with <c>COMMAND-5M0sd</c> (no such person) or <c>COMMAND-do9se</c> (there is one).
    /// </summary>
    [Alias("RegisterTotp")]
    Task<TotpEnrolment> RegisterTotpAsync(Caller caller);

    /// <summary>
    /// Finishes setting it up with a code. Needs <c>user.credential.write</c>. Fails with <c>COMMAND-3Mif9s</c> (none begun),
    /// <c>COMMAND-qx4ls</c> (done already) or <c>EVENT-8isk2</c> (wrong code).
    /// </summary>
    [Alias("VerifyTotpRegistration")]
    Task<UserDetails> VerifyTotpRegistrationAsync(Caller caller, string code, bool? endOtherSessions = null);

    /// <summary>Removes the authenticator app. Needs <c>user.credential.write</c>. Fails with <c>COMMAND-Hd9sd</c>.</summary>
    [Alias("RemoveTotp")]
    Task<UserDetails> RemoveTotpAsync(Caller caller, bool? endOtherSessions = null);

    /// <summary>
    /// Makes <paramref name="count"/> more recovery codes, 10 at most in all; they are shown this once. Needs <c>user.credential.write</c>.
    /// Fails with <c>QUERY-Dfbg2</c>, <c>COMMAND-7c0nx</c> (count), <c>COMMAND-8f2k9</c> (too many) or <c>COMMAND-l2n9r</c> (locked).
    /// </summary>
    [Alias("GenerateRecoveryCodes")]
    Task<NewRecoveryCodes> GenerateRecoveryCodesAsync(Caller caller, int count, bool? endOtherSessions = null);

    /// <summary>
    /// Makes all recovery codes worthless. Needs <c>user.credential.write</c>. Fails with <c>QUERY-Dfbg2</c>, <c>COMMAND-84rgg</c> (none)
    /// or <c>COMMAND-d9u8q</c> (locked).
    /// </summary>
    [Alias("RemoveRecoveryCodes")]
    Task<UserDetails> RemoveRecoveryCodesAsync(Caller caller, bool? endOtherSessions = null);

    /// <summary>
    /// The credentials that are ready for use; with a <paramref name="domain"/>, of passkeys and security keys only those of that relying
    /// party. Needs <c>user.read</c>. Fails with <c>QUERY-Dfbg2</c>.
    /// </summary>
    [AlwaysInterleave]
    [Alias("ListAuthenticationMethods")]
    Task<ImmutableArray<AuthenticationMethod>> ListAuthenticationMethodsAsync(Caller caller, string? domain = null);

    /// <summary>The second factors, begun or ready. Needs <c>user.read</c>. Fails with <c>QUERY-Dfbg2</c>.</summary>
    [AlwaysInterleave]
    [Alias("ListAuthenticationFactors")]
    Task<ImmutableArray<AuthenticationFactor>> ListAuthenticationFactorsAsync(Caller caller);
}
