using System.Collections.Immutable;
using Orleans.Concurrency;

namespace Orleans.Sessions;

/// <content>Links to people's accounts at external identity providers.</content>
public partial interface IUserGrain
{
    /// <summary>
    /// Links the person to an external identity, with which they can then log in. Needs <c>user.write</c>, also for one's own user. Linking
    /// the same identity again changes nothing. Fails with <c>COMMAND-vzktar7b7f</c> (no such person), <c>COMMAND-6m9Kd</c> (input),
    /// <c>COMMAND-39nfs</c> (no such provider), <c>COMMAND-Sfee2</c> (the provider does not allow links), <c>V2-idplink</c> (linked to
    /// another user), or <c>COMMAND-Lnk20</c> (more than 20).
    /// </summary>
    [Alias("AddIdentityLink")]
    Task<UserDetails> AddIdentityLinkAsync(Caller caller, IdentityLink link, bool? endOtherSessions = null);

    /// <summary>
    /// Links the person to the identity of a finished login at a provider, and uses up the login. Needs <c>user.write</c>; users may do it
    /// for themselves if they proved a factor a short time ago. The login may be used by the caller who started it, in the same session,
    /// and by login frontends. Fails as <see cref="AddIdentityLinkAsync"/>, and with <c>CRYPTO-…</c>, <c>IDP-Strt1</c>,
    /// <c>COMMAND-Df4bw</c>, <c>COMMAND-SAf42</c> or <c>COMMAND-O8xk3w</c> if the login cannot be used.
    /// </summary>
    [Alias("AddProvedIdentityLink")]
    Task<UserDetails> AddProvedIdentityLinkAsync(Caller caller, string intentId, string intentToken, bool? endOtherSessions = null);

    /// <summary>Removes a link. Needs <c>user.write</c>. Fails with <c>COMMAND-1M9xR</c>.</summary>
    [Alias("RemoveIdentityLink")]
    Task<UserDetails> RemoveIdentityLinkAsync(Caller caller, string providerId, string externalId, bool? endOtherSessions = null);

    /// <summary>The links, oldest first. Needs <c>user.read</c>. Fails with <c>QUERY-Dfbg2</c>.</summary>
    [AlwaysInterleave]
    [Alias("ListIdentityLinks")]
    Task<ImmutableArray<IdentityLink>> ListIdentityLinksAsync(Caller caller);
}
