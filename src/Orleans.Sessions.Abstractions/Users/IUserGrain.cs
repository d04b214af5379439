using System.Collections.Immutable;
using Orleans.Concurrency;

namespace Orleans.Sessions;

/// <summary>
/// One user, human or machine: profile, state, credentials, administrator roles (surroundings §4). Its key is
/// <see cref="GrainKeys.User"/> of the user id. Every method fails with <see cref="SessionException"/>; a method that returns has
/// made its change durable.
/// <para>
/// Permission comes first: a caller without the right gets <c>AUTH-AWfge</c> whether or not the user exists. Rights hold on the
/// instance or on the user's organization, and active users may read and change themselves where nothing else is said. Who is not active has no
/// right to themselves at all (<c>AUTH-AWfge</c>), though other nodes may still take them for a caller.
/// </para>
/// <para>Methods that end the user's sessions wait for each of them, and so may take longer than a call usually may.</para>
/// </summary>
[Alias("sessions.IUserGrain")]
public interface IUserGrain : IGrainWithStringKey
{
    /// <summary>
    /// Makes the user, active. Needs <c>user.write</c> on the organization. Fails with <c>COMMAND-7yiox1isql</c> (id taken),
    /// <c>V2-uniqueness</c> (user name taken), <c>COMMA-095xh8fll1</c> (input), <c>DOMAIN-…</c> (password rules), <c>USER-oz74onzvqr</c> (hash),
    /// <c>COMMAND-Ts3cr</c> (TOTP secret), <c>SESSION-Meta1</c>, <c>SESSION-Busy1</c>, as <see cref="AddIdentityLinkAsync"/> for links (<c>COMMAND-SJI3g</c> when
    /// the provider does not allow new users), or as <see cref="SendEmailCodeAsync"/> where codes are asked for. A repetition makes the codes it returns anew.
    /// </summary>
    [Alias("Create")]
    Task<UserChange> CreateAsync(CreateUser command);

    /// <summary>Reads the user. Needs <c>user.read</c>. Fails with <c>QUERY-Dfbg2</c>.</summary>
    [AlwaysInterleave]
    [Alias("Get")]
    Task<UserView> GetAsync(Caller caller);

    /// <summary>
    /// Changes the user. Needs <c>user.write</c>; to declare an e-mail address or phone number verified, or to get its code, one must have it even
    /// as the user oneself. Fails with <c>QUERY-Dfbg2</c>, <c>V2-uniqueness</c>, <c>COMMA-095xh8fll1</c>, and as <see cref="SetPasswordAsync"/> and
    /// <see cref="SendEmailCodeAsync"/>.
    /// </summary>
    [ResponseTimeout("00:05:00")]
    [Alias("Update")]
    Task<UserChange> UpdateAsync(UpdateUser command);

    /// <summary>Sets the e-mail address, as <see cref="UpdateAsync"/>. Fails with <c>COMMAND-Uch5e</c> when it is the same.</summary>
    [Alias("SetEmail")]
    Task<IssuedCode> SetEmailAsync(Caller caller, EmailAddress email, CodeRequest? code = null);

    /// <summary>
    /// Makes a new code for the e-mail address; an earlier one is void. Needs <c>user.write</c>, to get the code even as the user oneself.
    /// With <paramref name="again"/> there must have been one (<c>COMMAND-Ec0de</c>). Fails with <c>QUERY-Dfbg2</c>, <c>COMMAND-Ev3rf</c> (verified
    /// already), <c>DOMAIN-oGh5e</c> or <c>DOMAIN-ieYa7</c> (link), <c>MAIL-w8nfow</c> (no channel), <c>SESSION-Cool1</c> (too often).
    /// </summary>
    [Alias("SendEmailCode")]
    Task<IssuedCode> SendEmailCodeAsync(Caller caller, CodeRequest code, bool again);

    /// <summary>
    /// Proves the e-mail address with its code. Needs <c>user.write</c>. Fails with <c>QUERY-Dfbg2</c>, <c>COMMAND-Ec0de</c> (there is none),
    /// <c>CODE-QvUQ4P</c> (expired) or <c>CODE-woT0xc</c> (wrong). After ten wrong tries the code is void.
    /// </summary>
    [Alias("VerifyEmail")]
    Task<UserDetails> VerifyEmailAsync(Caller caller, string code);

    /// <summary>Removes the phone number, if there is one, and codes by SMS with it. Needs <c>user.write</c>.</summary>
    [Alias("RemovePhone")]
    Task<UserDetails> RemovePhoneAsync(Caller caller);

    /// <summary>
    /// Makes a new code for the phone number, as <see cref="SendEmailCodeAsync"/>. Fails with <c>COMMAND-Pn0ne</c> (no number), <c>COMMAND-Pv3rf</c>,
    /// <c>COMMAND-Pc0de</c>, <c>PHONE-w8nfow</c>.
    /// </summary>
    [Alias("ResendPhoneCode")]
    Task<IssuedCode> ResendPhoneCodeAsync(Caller caller, CodeRequest code);

    /// <summary>Proves the phone number with its code, as <see cref="VerifyEmailAsync"/>. Fails with <c>COMMAND-Pc0de</c>.</summary>
    [Alias("VerifyPhone")]
    Task<UserDetails> VerifyPhoneAsync(Caller caller, string code);

    /// <summary>
    /// Makes a code with which the password can be set without knowing it (<see cref="PasswordChange.VerificationCode"/>), good for an hour.
    /// Needs <c>user.write</c>; to get the code, <c>user.credential.write</c> and at least the user's own rights. Fails with <c>COMMAND-SAF4f</c> (no such
    /// person), <c>COMMAND-Sfe4g</c> (not initialised), <c>COMMAND-Pn0ne</c> (by SMS without a verified number), or as <see cref="SendEmailCodeAsync"/>.
    /// </summary>
    [Alias("RequestPasswordReset")]
    Task<IssuedCode> RequestPasswordResetAsync(Caller caller, CodeRequest code, OtpChannel channel);

    /// <summary>
    /// Invites a person who has no credential yet; the code is good for 72 hours. Needs <c>user.write</c>, even as the user oneself. Fails with
    /// <c>COMMAND-Iu5er</c> (no such person), <c>COMMAND-Iin1t</c> (has a credential), or as <see cref="SendEmailCodeAsync"/>.
    /// </summary>
    [Alias("CreateInviteCode")]
    Task<IssuedCode> CreateInviteCodeAsync(Caller caller, CodeRequest code);

    /// <summary>Sends the invitation again, with a new code. Fails as <see cref="CreateInviteCodeAsync"/>, with <c>COMMAND-Ic0de</c> when there was none.</summary>
    [Alias("ResendInviteCode")]
    Task<UserDetails> ResendInviteCodeAsync(Caller caller);

    /// <summary>
    /// Takes the invitation up: the e-mail address is verified by it. Needs <c>user.write</c>. Fails with <c>COMMAND-Iu5er</c>, <c>COMMAND-Ic0de</c>,
    /// <c>CODE-QvUQ4P</c> or <c>CODE-woT0xc</c>.
    /// </summary>
    [Alias("VerifyInviteCode")]
    Task<UserDetails> VerifyInviteCodeAsync(Caller caller, string code);

    /// <summary>
    /// Makes codes by SMS or e-mail a factor of the user. Needs <c>user.credential.write</c>. Fails with <c>QUERY-Dfbg2</c>, <c>COMMAND-Ad3g2</c> or
    /// <c>COMMAND-MKL2s</c> (is one already), <c>COMMAND-Q54j2</c> or <c>COMMAND-KLJ2d</c> (number or address not verified).
    /// </summary>
    [Alias("AddOtp")]
    Task<UserDetails> AddOtpAsync(Caller caller, OtpChannel channel);

    /// <summary>Takes that factor away. Needs <c>user.credential.write</c>. Fails with <c>QUERY-Dfbg2</c>, <c>COMMAND-Sr3h3</c> or <c>COMMAND-b312D</c>.</summary>
    [Alias("RemoveOtp")]
    Task<UserDetails> RemoveOtpAsync(Caller caller, OtpChannel channel);

    /// <summary>
    /// Changes the password. With the current password: by the user or with <c>user.credential.write</c>; a wrong one counts towards the lockout like
    /// a check and fails like one (<c>3M0fs</c>, <c>JLK35</c>, <c>SFA3t</c>); sessions live on without their password factor. With a code of
    /// <see cref="RequestPasswordResetAsync"/>: the same, failing with <c>COMMAND-2M9fs</c> (there is none), <c>CODE-QvUQ4P</c> or <c>CODE-woT0xc</c>. Without either: needs
    /// <c>user.credential.write</c> and at least the user's own rights, and ends all sessions of the user if there was a password.
    /// Fails with <c>COMMAND-G8dh3</c> (no such person), <c>COMMAND-Fds3s</c> (none to compare), <c>COMMAND-Aesh5</c> (the same), <c>DOMAIN-…</c>,
    /// <c>USER-oz74onzvqr</c>, <c>SESSION-Busy1</c>.
    /// </summary>
    [ResponseTimeout("00:05:00")]
    [Alias("SetPassword")]
    Task<UserDetails> SetPasswordAsync(Caller caller, PasswordChange change);

    /// <summary>
    /// Ends all sessions of the user but <paramref name="except"/>, and answers how many when the last one is durably ended. By the user, or with
    /// <c>session.delete</c>. Fails with <c>QUERY-Dfbg2</c>.
    /// </summary>
    [AlwaysInterleave]
    [ResponseTimeout("00:05:00")]
    [Alias("EndSessions")]
    Task<int> EndSessionsAsync(Caller caller, ImmutableArray<string> except);

    /// <summary>Deletes the user and ends all sessions; only the id remains. Needs <c>user.delete</c>. Fails with <c>COMMAND-bd4ir1mblj</c>.</summary>
    [ResponseTimeout("00:05:00")]
    [Alias("Delete")]
    Task<UserDetails> DeleteAsync(Caller caller);

    /// <summary>Locks the user and ends all sessions. Needs <c>user.write</c>. Fails with <c>COMMAND-450yxuqrh1</c> or <c>COMMAND-lgws8wtsqf</c>.</summary>
    [ResponseTimeout("00:05:00")]
    [Alias("Lock")]
    Task<UserDetails> LockAsync(Caller caller);

    /// <summary>Unlocks the user and forgets failed checks. Needs <c>user.write</c>, and never by the user. Fails with <c>COMMAND-x377t913pw</c> or <c>COMMAND-olb9vb0oca</c>.</summary>
    [Alias("Unlock")]
    Task<UserDetails> UnlockAsync(Caller caller);

    /// <summary>Deactivates the user and ends all sessions. Needs <c>user.write</c>. Fails with <c>COMMAND-5gp2p62iin</c>, <c>COMMAND-gvx4kct9r2</c> or <c>COMMAND-5gunjw0cd7</c>.</summary>
    [ResponseTimeout("00:05:00")]
    [Alias("Deactivate")]
    Task<UserDetails> DeactivateAsync(Caller caller);

    /// <summary>Makes the user active again. Needs <c>user.write</c>, and never by the user. Fails with <c>COMMAND-9hy5kzbuk6</c> or <c>COMMAND-s5qqcz97hf</c>.</summary>
    [Alias("Reactivate")]
    Task<UserDetails> ReactivateAsync(Caller caller);

    /// <summary>
    /// Begins to set up an authenticator app, replacing one that was begun. Needs <c>user.credential.write</c>.
    /// Fails with <c>COMMAND-5M0sd</c> (no such person) or <c>COMMAND-do9se</c> (there is one).
    /// </summary>
    [Alias("RegisterTotp")]
    Task<TotpEnrolment> RegisterTotpAsync(Caller caller);

    /// <summary>
    /// Finishes setting it up with a code. Needs <c>user.credential.write</c>. Fails with <c>COMMAND-3Mif9s</c> (none begun), <c>COMMAND-qx4ls</c> (done
    /// already) or <c>EVENT-8isk2</c> (wrong code).
    /// </summary>
    [Alias("VerifyTotpRegistration")]
    Task<UserDetails> VerifyTotpRegistrationAsync(Caller caller, string code);

    /// <summary>Removes the authenticator app. Needs <c>user.credential.write</c>. Fails with <c>COMMAND-Hd9sd</c>.</summary>
    [Alias("RemoveTotp")]
    Task<UserDetails> RemoveTotpAsync(Caller caller);

    /// <summary>
    /// Makes <paramref name="count"/> more recovery codes, 10 at most in all; they are shown this once. Needs <c>user.credential.write</c>.
    /// Fails with <c>QUERY-Dfbg2</c>, <c>COMMAND-7c0nx</c> (count), <c>COMMAND-8f2k9</c> (too many) or <c>COMMAND-l2n9r</c> (locked).
    /// </summary>
    [Alias("GenerateRecoveryCodes")]
    Task<NewRecoveryCodes> GenerateRecoveryCodesAsync(Caller caller, int count);

    /// <summary>
    /// Makes all recovery codes worthless. Needs <c>user.credential.write</c>. Fails with <c>QUERY-Dfbg2</c>, <c>COMMAND-84rgg</c> (none) or
    /// <c>COMMAND-d9u8q</c> (locked).
    /// </summary>
    [Alias("RemoveRecoveryCodes")]
    Task<UserDetails> RemoveRecoveryCodesAsync(Caller caller);

    /// <summary>Notes that the person did not want a second factor now. Needs <c>user.write</c>. Fails with <c>COMMAND-auj6jeBei4</c>.</summary>
    [Alias("SkipMfaInit")]
    Task<UserDetails> SkipMfaInitAsync(Caller caller);

    /// <summary>
    /// Links the person to an external identity, which then is a way to log in. Needs <c>user.write</c>, even as the user oneself, and at least the
    /// user's own rights. Linking the same again changes nothing. Fails with <c>COMMAND-vzktar7b7f</c> (no such person), <c>COMMAND-6m9Kd</c> (input),
    /// <c>COMMAND-39nfs</c> (no such provider), <c>COMMAND-Sfee2</c> (the provider does not allow it), <c>V2-idplink</c> (linked to somebody else), or
    /// <c>COMMAND-Lnk20</c> (more than 20).
    /// </summary>
    [Alias("AddIdentityLink")]
    Task<UserDetails> AddIdentityLinkAsync(Caller caller, IdentityLink link);

    /// <summary>Removes a link. Needs <c>user.write</c>. Fails with <c>COMMAND-1M9xR</c>.</summary>
    [Alias("RemoveIdentityLink")]
    Task<UserDetails> RemoveIdentityLinkAsync(Caller caller, string providerId, string externalId);

    /// <summary>The links, oldest first. Needs <c>user.read</c>. Fails with <c>QUERY-Dfbg2</c>.</summary>
    [AlwaysInterleave]
    [Alias("ListIdentityLinks")]
    Task<ImmutableArray<IdentityLink>> ListIdentityLinksAsync(Caller caller);

    /// <summary>
    /// The credentials that are ready for use; with a <paramref name="domain"/>, of passkeys and security keys only those of that relying party.
    /// Needs <c>user.read</c>. Fails with <c>QUERY-Dfbg2</c>.
    /// </summary>
    [AlwaysInterleave]
    [Alias("ListAuthenticationMethods")]
    Task<ImmutableArray<AuthenticationMethod>> ListAuthenticationMethodsAsync(Caller caller, string? domain = null);

    /// <summary>The second factors, begun or ready. Needs <c>user.read</c>. Fails with <c>QUERY-Dfbg2</c>.</summary>
    [AlwaysInterleave]
    [Alias("ListAuthenticationFactors")]
    Task<ImmutableArray<AuthenticationFactor>> ListAuthenticationFactorsAsync(Caller caller);

    /// <summary>
    /// Adds a personal access token that the caller made by <see cref="PersonalAccessToken.Create"/> for this user; adding the same one again
    /// answers again. <paramref name="expiresAt"/> <c>null</c>: it never expires. Needs <c>user.write</c> and at least the user's own rights.
    /// Fails with <c>QUERY-Dfbg2</c>, <c>COMMAND-bs3fj</c> (not a machine), <c>COMMAND-Exp1r</c> (expiration in the past), <c>COMMAND-Tok50</c> (more than 50).
    /// Returns when it was added.
    /// </summary>
    [Alias("AddPersonalAccessToken")]
    Task<DateTimeOffset> AddPersonalAccessTokenAsync(Caller caller, string token, DateTimeOffset? expiresAt);

    /// <summary>Revokes a personal access token. Needs <c>user.write</c>. Fails with <c>QUERY-Dfbg2</c> or <c>COMMAND-4m77G</c>. Returns when it was revoked.</summary>
    [Alias("RemovePersonalAccessToken")]
    Task<DateTimeOffset> RemovePersonalAccessTokenAsync(Caller caller, string tokenId);

    /// <summary>
    /// Merges metadata: a key overwrites, an empty value removes. Needs <c>user.write</c>, even as the user oneself. Fails with
    /// <c>QUERY-Dfbg2</c> or <c>SESSION-Meta1</c>.
    /// </summary>
    [Alias("SetMetadata")]
    Task<UserDetails> SetMetadataAsync(Caller caller, ImmutableDictionary<string, ImmutableArray<byte>> changes);

    /// <summary>
    /// Makes the user an administrator of an organization, or of the instance (<paramref name="organizationId"/> <c>null</c>). Needs
    /// <c>iam.member.write</c> or <c>org.member.write</c> there. Fails with <c>COMMAND-m8fSs</c> (role), <c>QUERY-Dfbg2</c> or <c>COMMAND-ERB4q</c>.
    /// Returns when it happened.
    /// </summary>
    [Alias("AddAdministrator")]
    Task<DateTimeOffset> AddAdministratorAsync(Caller caller, string? organizationId, ImmutableArray<string> roles);

    /// <summary>Replaces the administrator's roles there. Fails as <see cref="AddAdministratorAsync"/>, with <c>COMMAND-D8JxR</c> when the user has none.</summary>
    [Alias("UpdateAdministrator")]
    Task<DateTimeOffset> UpdateAdministratorAsync(Caller caller, string? organizationId, ImmutableArray<string> roles);

    /// <summary>Takes the administrator's roles there away. Returns when; <c>null</c>: there were none.</summary>
    [Alias("RemoveAdministrator")]
    Task<DateTimeOffset?> RemoveAdministratorAsync(Caller caller, string? organizationId);

    /// <summary>The caller that a personal access token speaks for. Fails with <c>AUTH-7fs1e</c> when it is unknown, expired or revoked, or the user not active.</summary>
    [AlwaysInterleave]
    [Alias("Authenticate")]
    Task<Caller> AuthenticateAsync(string personalAccessToken);

    /// <summary>The caller this user is by its roles. Fails with <c>AUTH-7fs1e</c> unless the user is active.</summary>
    [AlwaysInterleave]
    [Alias("AsCaller")]
    Task<Caller> AsCallerAsync();

    /// <summary>
    /// Gives a machine user a client secret, of which SHA-256 is given, instead of the one before. Needs <c>user.write</c> and at least the user's own
    /// rights. Fails with <c>QUERY-Dfbg2</c> or <c>COMMAND-bs3fj</c>. Returns when it was added.
    /// </summary>
    [Alias("AddSecret")]
    Task<DateTimeOffset> AddSecretAsync(Caller caller, ImmutableArray<byte> secretHash);

    /// <summary>Takes the client secret away. Needs <c>user.write</c>. Fails with <c>QUERY-Dfbg2</c> or <c>COMMAND-coi82n</c>. Returns when.</summary>
    [Alias("RemoveSecret")]
    Task<DateTimeOffset> RemoveSecretAsync(Caller caller);

    /// <summary>
    /// Adds a public key (RSA, SubjectPublicKeyInfo) by which a machine user signs its assertions; adding the same one again answers again. Needs <c>user.write</c> and
    /// at least the user's own rights. Fails with <c>QUERY-Dfbg2</c>, <c>COMMAND-bs3fj</c>, <c>COMMAND-Exp1r</c>, <c>COMMAND-Key01</c> or <c>COMMAND-Key50</c> (more than 50).
    /// Returns when it was added.
    /// </summary>
    [Alias("AddKey")]
    Task<DateTimeOffset> AddKeyAsync(Caller caller, string keyId, ImmutableArray<byte> publicKey, DateTimeOffset expiresAt);

    /// <summary>Removes a key. Needs <c>user.write</c>. Fails with <c>QUERY-Dfbg2</c> or <c>COMMAND-4m77K</c>. Returns when.</summary>
    [Alias("RemoveKey")]
    Task<DateTimeOffset> RemoveKeyAsync(Caller caller, string keyId);

    /// <summary>The personal access tokens, expired ones included, oldest first. Needs <c>user.read</c>. Fails with <c>QUERY-Dfbg2</c>.</summary>
    [AlwaysInterleave]
    [Alias("ListPersonalAccessTokens")]
    Task<ImmutableArray<MachineCredential>> ListPersonalAccessTokensAsync(Caller caller);

    /// <summary>The keys, expired ones included, oldest first. Needs <c>user.read</c>. Fails with <c>QUERY-Dfbg2</c>.</summary>
    [AlwaysInterleave]
    [Alias("ListKeys")]
    Task<ImmutableArray<MachineCredential>> ListKeysAsync(Caller caller);

    /// <summary>Whether an active machine user has this name and this client secret.</summary>
    [AlwaysInterleave]
    [Alias("HasSecret")]
    Task<bool> HasSecretAsync(string userName, string secret);

    /// <summary>A public key of an active machine user (SubjectPublicKeyInfo); <c>null</c>: there is none with this id, or it has expired.</summary>
    [AlwaysInterleave]
    [Alias("FindKey")]
    Task<ImmutableArray<byte>?> FindKeyAsync(string keyId);
}
