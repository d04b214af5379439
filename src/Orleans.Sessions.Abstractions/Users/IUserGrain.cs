using System.Collections.Immutable;
using Orleans.Concurrency;
using Orleans.Sessions.Cluster;

namespace Orleans.Sessions;

/// <summary>
/// One user, human or machine: profile, state, credentials, administrator roles. Its key is
/// <see cref="GrainKeys.User"/> of the user id. Every method fails with <see cref="SessionException"/>; a method that returns has
/// made its change durable.
/// <para>
/// Permission comes first: a caller without the right gets <c>AUTH-AWfge</c> whether or not the user exists. Rights hold on the
/// instance or on the user's organization, and active users may read and change themselves where nothing else is said. Who is not active has no
/// right to themselves at all (<c>AUTH-AWfge</c>), though other nodes may still take them for a caller.
/// </para>
/// <para>
/// Who changes somebody else, or gets to see a secret of theirs, needs at least that user's own rights as well; with <c>iam.member.write</c> one has
/// everybody's. Login frontends (<see cref="Caller.IsLoginFrontend"/>) act for every person. Nobody changes their own state (<c>COMMAND-Own01</c>) or takes their
/// own last role (<c>COMMAND-Own02</c>), and the last active user with <c>IAM_OWNER</c> and a credential keeps all of these (<c>COMMAND-Own03</c>).
/// </para>
/// <para>
/// A bearer token is not the account: who changes their own password without giving the present one, a factor, recovery codes, an address or a number, or deletes
/// themselves must have proved a factor within <c>Sessions:Users:MaxProofAge</c> (<see cref="Caller.ProvedAt"/>, <c>AUTHZ-Prf01</c>). Services prove one by getting an access
/// token by their key or secret; what they come with otherwise is enough for what their roles permit. Such changes are told to the person, at the address
/// before and after. With <c>endOtherSessions</c> they end all sessions of the user but the caller's own; <c>null</c>: as configured
/// (<c>Sessions:Users:EndOtherSessions</c>), for people who change themselves.
/// </para>
/// <para>Methods that end the user's sessions wait for each of them, and so may take longer than a call usually may.</para>
/// </summary>
[OpenToClusterClients]
[Alias("sessions.IUserGrain")]
public partial interface IUserGrain : IGrainWithStringKey
{
    /// <summary>
    /// Makes the user, active. Needs <c>user.write</c> on the organization. Fails with <c>COMMAND-7yiox1isql</c> (id taken),
    /// <c>V2-uniqueness</c> (user name taken), <c>COMMA-095xh8fll1</c> (input), <c>DOMAIN-…</c> (password rules), <c>USER-oz74onzvqr</c> or <c>USER-Hash2</c> (hash),
    /// <c>COMMAND-Ts3cr</c> (TOTP secret), <c>SESSION-Meta1</c>, <c>SESSION-Busy1</c>, as <see cref="AddIdentityLinkAsync"/> for links (<c>COMMAND-SJI3g</c> when
    /// the provider does not allow new users), or as <see cref="SendEmailCodeAsync"/> where codes are asked for. A repetition makes the codes it returns anew.
    /// </summary>
    [ResponseTimeout("00:00:15")]
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

    /// <summary>
    /// Ends all sessions of the user but <paramref name="except"/>, and answers how many when the last one is durably ended. By the user, or with
    /// <c>session.delete</c>. Fails with <c>QUERY-Dfbg2</c>.
    /// </summary>
    [AlwaysInterleave]
    [ResponseTimeout("00:05:00")]
    [Alias("EndSessions")]
    Task<int> EndSessionsAsync(Caller caller, ImmutableArray<string> except);

    /// <summary>
    /// Merges metadata: a key overwrites, an empty value removes. Needs <c>user.write</c>, even as the user oneself. Fails with
    /// <c>QUERY-Dfbg2</c> or <c>SESSION-Meta1</c>.
    /// </summary>
    [Alias("SetMetadata")]
    Task<UserDetails> SetMetadataAsync(Caller caller, ImmutableDictionary<string, ImmutableArray<byte>> changes);
}
