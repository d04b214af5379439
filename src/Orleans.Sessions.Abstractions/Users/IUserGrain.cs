using System.Collections.Immutable;
using Orleans.Concurrency;

namespace Orleans.Sessions;

/// <summary>
/// One user, human or machine: profile, state, credentials, administrator roles (surroundings §4). Its key is
/// <see cref="GrainKeys.User"/> of the user id. Every method fails with <see cref="SessionException"/>; a method that returns has
/// made its change durable.
/// <para>
/// Permission comes first: a caller without the right gets <c>AUTH-AWfge</c> whether or not the user exists. Rights hold on the
/// instance or on the user's organization, and users may read and change themselves where nothing else is said.
/// </para>
/// <para>Methods that end the user's sessions wait for each of them, and so may take longer than a call usually may.</para>
/// </summary>
[Alias("sessions.IUserGrain")]
public interface IUserGrain : IGrainWithStringKey
{
    /// <summary>
    /// Makes the user, active. Needs <c>user.write</c> on the organization. Fails with <c>COMMAND-7yiox1isql</c> (id taken),
    /// <c>V2-uniqueness</c> (user name taken), <c>COMMA-095xh8fll1</c> (input), <c>DOMAIN-…</c> (password rules), <c>USER-oz74onzvqr</c> (hash),
    /// <c>COMMAND-Ts3cr</c> (TOTP secret), <c>SESSION-Meta1</c> or <c>SESSION-Busy1</c>.
    /// </summary>
    [Alias("Create")]
    Task<UserDetails> CreateAsync(CreateUser command);

    /// <summary>Reads the user. Needs <c>user.read</c>. Fails with <c>QUERY-Dfbg2</c>.</summary>
    [AlwaysInterleave]
    [Alias("Get")]
    Task<UserView> GetAsync(Caller caller);

    /// <summary>
    /// Changes the user. Needs <c>user.write</c>; to declare an e-mail address or phone number verified one must have it even as the user
    /// oneself. Fails with <c>QUERY-Dfbg2</c>, <c>V2-uniqueness</c>, <c>COMMA-095xh8fll1</c>, and as <see cref="SetPasswordAsync"/>.
    /// </summary>
    [ResponseTimeout("00:05:00")]
    [Alias("Update")]
    Task<UserDetails> UpdateAsync(UpdateUser command);

    /// <summary>Sets the e-mail address, as <see cref="UpdateAsync"/>. Fails with <c>COMMAND-Uch5e</c> when it is the same.</summary>
    [Alias("SetEmail")]
    Task<UserDetails> SetEmailAsync(Caller caller, EmailAddress email);

    /// <summary>Removes the phone number, if there is one. Needs <c>user.write</c>.</summary>
    [Alias("RemovePhone")]
    Task<UserDetails> RemovePhoneAsync(Caller caller);

    /// <summary>
    /// Changes the password. With the current password: by the user or with <c>user.credential.write</c>; a wrong one counts towards the lockout like
    /// a check and fails like one (<c>3M0fs</c>, <c>JLK35</c>, <c>SFA3t</c>); sessions live on without their password factor. Without it: needs
    /// <c>user.credential.write</c> and at least the user's own rights, and ends all sessions of the user if there was a password.
    /// Fails with <c>COMMAND-G8dh3</c> (no such person), <c>COMMAND-Fds3s</c> (none to compare), <c>COMMAND-Aesh5</c> (the same), <c>DOMAIN-…</c>,
    /// <c>USER-oz74onzvqr</c>, <c>SESSION-Busy1</c>.
    /// </summary>
    [ResponseTimeout("00:05:00")]
    [Alias("SetPassword")]
    Task<UserDetails> SetPasswordAsync(Caller caller, PasswordChange change);

    /// <summary>Deletes the user and ends all sessions; only the id remains. Needs <c>user.delete</c>. Fails with <c>COMMAND-bd4ir1mblj</c>.</summary>
    [ResponseTimeout("00:05:00")]
    [Alias("Delete")]
    Task<UserDetails> DeleteAsync(Caller caller);

    /// <summary>Locks the user and ends all sessions. Needs <c>user.write</c>. Fails with <c>COMMAND-450yxuqrh1</c> or <c>COMMAND-lgws8wtsqf</c>.</summary>
    [ResponseTimeout("00:05:00")]
    [Alias("Lock")]
    Task<UserDetails> LockAsync(Caller caller);

    /// <summary>Unlocks the user and forgets failed checks. Needs <c>user.write</c>. Fails with <c>COMMAND-x377t913pw</c> or <c>COMMAND-olb9vb0oca</c>.</summary>
    [Alias("Unlock")]
    Task<UserDetails> UnlockAsync(Caller caller);

    /// <summary>Deactivates the user and ends all sessions. Needs <c>user.write</c>. Fails with <c>COMMAND-5gp2p62iin</c>, <c>COMMAND-gvx4kct9r2</c> or <c>COMMAND-5gunjw0cd7</c>.</summary>
    [ResponseTimeout("00:05:00")]
    [Alias("Deactivate")]
    Task<UserDetails> DeactivateAsync(Caller caller);

    /// <summary>Makes the user active again. Needs <c>user.write</c>. Fails with <c>COMMAND-9hy5kzbuk6</c> or <c>COMMAND-s5qqcz97hf</c>.</summary>
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

    /// <summary>The credentials that are ready for use. Needs <c>user.read</c>. Fails with <c>QUERY-Dfbg2</c>.</summary>
    [AlwaysInterleave]
    [Alias("ListAuthenticationMethods")]
    Task<ImmutableArray<AuthenticationMethod>> ListAuthenticationMethodsAsync(Caller caller);

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

    /// <summary>Whether an active machine user has this name and this client secret.</summary>
    [AlwaysInterleave]
    [Alias("HasSecret")]
    Task<bool> HasSecretAsync(string userName, string secret);

    /// <summary>A public key of an active machine user (SubjectPublicKeyInfo); <c>null</c>: there is none with this id, or it has expired.</summary>
    [AlwaysInterleave]
    [Alias("FindKey")]
    Task<ImmutableArray<byte>?> FindKeyAsync(string keyId);
}
