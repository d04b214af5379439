using System.Collections.Immutable;
using Orleans.Concurrency;

namespace Orleans.Sessions;

/// <content>Links to persons at external identity providers.</content>
public partial interface IUserGrain
{
    /// <summary>
    /// Links the person to an external identity, which then is a way to log in. Needs <c>user.write</c>, even as the user oneself. Linking
    /// the same again changes nothing. Fails with <c>COMMAND-vzktar7b7f</c> (no such person), <c>COMMAND-6m9Kd</c> (input),
    /// <c>COMMAND-39nfs</c> (no such provider), <c>COMMAND-Sfee2</c> (the provider does not allow it), <c>V2-idplink</c> (linked to
    /// somebody else), or <c>COMMAND-Lnk20</c> (more than 20).
    /// </summary>
    [Alias("AddIdentityLink")]
    Task<UserDetails> AddIdentityLinkAsync(Caller caller, IdentityLink link, bool? endOtherSessions = null);

    /// <summary>
    /// Links the person to whom a login at a provider was of, and uses the login up. Needs <c>user.write</c>, or to be the user oneself
    /// with a factor that was proved a short time ago. The login is for who started it, in the session where they did, and for login
    /// frontends. Fails as <see cref="AddIdentityLinkAsync"/>, and with <c>CRYPTO-…</c>, <c>IDP-Strt1</c>, <c>Df4bw</c>, <c>SAf42</c> or
    /// <c>O8xk3w</c> when the login is not good for it.
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
