using System.Collections.Immutable;
using Orleans.Concurrency;
using Orleans.Sessions.Cluster;

namespace Orleans.Sessions;

/// <summary>
/// One user, human or machine: profile, state, credentials, administrator roles. Its key is <see cref="GrainKeys.User"/> of the user id.
/// Every method fails with <see cref="SessionException"/>. When a method returns, its change is durable.
/// <para>
/// Every method checks permission first: a caller without the permission gets <c>AUTH-AWfge</c> whether or not the user exists. A
/// permission applies on the instance or on the user's organization. Active users may read and change their own user unless a method says
/// otherwise. A user who is not active has no rights to their own user (<c>AUTH-AWfge</c>), even if another node still accepts them as a
/// caller.
/// </para>
/// <para>
/// A caller who changes another user, or reads a secret of another user, also needs all rights that this user has. A caller with
/// <c>iam.member.write</c> has all rights. Login frontends (<see cref="Caller.IsLoginFrontend"/>) act for every person. Users cannot change
/// their own state (<c>COMMAND-Own01</c>) or remove their own last role (<c>COMMAND-Own02</c>). The last active user with <c>IAM_OWNER</c>
/// and a credential must stay active and keep the role and a credential (<c>COMMAND-Own03</c>).
/// </para>
/// <para>
/// A bearer token alone is not enough for the most sensitive changes of one's own user: to change the password without the current one, to
/// change a factor, recovery codes, an e-mail address or a phone number, or to delete the user. The user must have proved a factor within
/// <c>Sessions:Users:MaxProofAge</c> (<see cref="Caller.ProvedAt"/>, <c>AUTHZ-Prf01</c>). A service proves a factor when it gets an access
/// token with its key or secret. What a service may do by its roles does not need this proof. The person is notified of such changes, at
/// the old and the new address. With <c>endOtherSessions</c>, the change ends all sessions of the user except the caller's own. <c>null</c>
/// uses the setting <c>Sessions:Users:EndOtherSessions</c>, for people who change their own user.
/// </para>
/// <para>
/// Methods that end the user's sessions wait for each session, so they may take longer than the usual limit of a call.
/// </para>
/// </summary>
[OpenToClusterClients]
[Alias("sessions.IUserGrain")]
public partial interface IUserGrain : IGrainWithStringKey
{
    /// <summary>
    /// Creates an active user. Needs <c>user.write</c> on the organization. Fails with <c>COMMAND-7yiox1isql</c> (id taken),
    /// <c>V2-uniqueness</c> (user name taken), <c>COMMA-095xh8fll1</c> (input), <c>PHONE-so0wa</c> (phone number), <c>DOMAIN-…</c>
    /// (password rules), <c>USER-oz74onzvqr</c> or <c>USER-Hash2</c> (hash), <c>COMMAND-Ts3cr</c> (TOTP secret), <c>SESSION-Meta1</c> or
    /// <c>SESSION-Busy1</c>. For links it fails as <see cref="AddIdentityLinkAsync"/>, and with <c>COMMAND-SJI3g</c> if the provider does
    /// not allow new users. For requested codes it fails as <see cref="SendEmailCodeAsync"/>. A repeated call creates new codes if it
    /// returns codes.
    /// </summary>
    [ResponseTimeout("00:00:15")]
    [Alias("Create")]
    Task<UserChange> CreateAsync(CreateUser command);

    /// <summary>Reads the user. Needs <c>user.read</c>. Fails with <c>QUERY-Dfbg2</c>.</summary>
    [AlwaysInterleave]
    [Alias("Get")]
    Task<UserView> GetAsync(Caller caller);

    /// <summary>
    /// Changes the user. Needs <c>user.write</c>. A caller who declares an e-mail address or phone number verified, or gets its code in the
    /// answer, or changes metadata, needs it also for their own user. Fails with <c>QUERY-Dfbg2</c>, <c>V2-uniqueness</c>,
    /// <c>COMMA-095xh8fll1</c>, <c>PHONE-so0wa</c>, and as <see cref="SetMetadataAsync"/>, <see cref="SetPasswordAsync"/> and
    /// <see cref="SendEmailCodeAsync"/>.
    /// </summary>
    [ResponseTimeout("00:05:00")]
    [Alias("Update")]
    Task<UserChange> UpdateAsync(UpdateUser command);

    /// <summary>
    /// Ends all sessions of the user except those in <paramref name="except"/>. Returns the number of ended sessions when the last one is
    /// durably ended. Users may do this for themselves; other callers need <c>session.delete</c>. Fails with <c>QUERY-Dfbg2</c>.
    /// </summary>
    [AlwaysInterleave]
    [ResponseTimeout("00:05:00")]
    [Alias("EndSessions")]
    Task<int> EndSessionsAsync(Caller caller, ImmutableArray<string> except);

    /// <summary>
    /// Merges metadata: a key overwrites, an empty value removes the key. Needs <c>user.write</c>, also for one's own user. Fails with
    /// <c>QUERY-Dfbg2</c> or <c>SESSION-Meta1</c>.
    /// </summary>
    [Alias("SetMetadata")]
    Task<UserDetails> SetMetadataAsync(Caller caller, ImmutableDictionary<string, ImmutableArray<byte>> changes);
}
