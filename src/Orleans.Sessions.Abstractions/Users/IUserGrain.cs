using System.Collections.Immutable;
using Orleans.Concurrency;
using Orleans.Sessions.Cluster;

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
