using System.Collections.Immutable;
using Orleans.Concurrency;
using Orleans.Sessions.Cluster;

namespace Orleans.Sessions;

/// <content>The user as a caller: personal access tokens and administrator roles.</content>
public partial interface IUserGrain
{
    /// <summary>
    /// Adds a personal access token (<c>pat_…</c>), which the caller created for this user. Adding the same token again returns the same
    /// answer. If <paramref name="expiresAt"/> is <c>null</c>, the token never expires. Needs <c>user.write</c>. Fails with
    /// <c>QUERY-Dfbg2</c>, <c>COMMAND-bs3fj</c> (not a machine), <c>COMMAND-Exp1r</c> (expiration in the past) or <c>COMMAND-Tok50</c>
    /// (more than 50). Returns when it was added.
    /// </summary>
    [HostsOnly]
    [Alias("AddPersonalAccessToken")]
    Task<DateTimeOffset> AddPersonalAccessTokenAsync(Caller caller, string token, DateTimeOffset? expiresAt);

    /// <summary>
    /// Revokes a personal access token. Needs <c>user.write</c>. Fails with <c>QUERY-Dfbg2</c> or <c>COMMAND-4m77G</c>. Returns when it was
    /// revoked.
    /// </summary>
    [Alias("RemovePersonalAccessToken")]
    Task<DateTimeOffset> RemovePersonalAccessTokenAsync(Caller caller, string tokenId);

    /// <summary>
    /// The personal access tokens, expired ones included, oldest first. Needs <c>user.read</c>. Fails with <c>QUERY-Dfbg2</c>.
    /// </summary>
    [AlwaysInterleave]
    [Alias("ListPersonalAccessTokens")]
    Task<ImmutableArray<MachineCredential>> ListPersonalAccessTokensAsync(Caller caller);

    /// <summary>
    /// Makes the user an administrator of an organization, or of the instance if <paramref name="organizationId"/> is <c>null</c>. Needs
    /// <c>iam.member.write</c> or <c>org.member.write</c> there. Fails with <c>COMMAND-m8fSs</c> (role), <c>ORG-1MRds</c> (the organization
    /// was deleted), <c>QUERY-Dfbg2</c> or <c>COMMAND-ERB4q</c>. Returns when the roles were granted.
    /// </summary>
    [HostsOnly]
    [Alias("AddAdministrator")]
    Task<DateTimeOffset> AddAdministratorAsync(Caller caller, string? organizationId, ImmutableArray<string> roles);

    /// <summary>
    /// Replaces the administrator's roles there. Fails as <see cref="AddAdministratorAsync"/>, and with <c>COMMAND-D8JxR</c> if the user
    /// has no roles there.
    /// </summary>
    [HostsOnly]
    [Alias("UpdateAdministrator")]
    Task<DateTimeOffset> UpdateAdministratorAsync(Caller caller, string? organizationId, ImmutableArray<string> roles);

    /// <summary>
    /// Removes the administrator's roles there. Returns when they were removed; <c>null</c> if the user had no roles there.
    /// </summary>
    [HostsOnly]
    [Alias("RemoveAdministrator")]
    Task<DateTimeOffset?> RemoveAdministratorAsync(Caller caller, string? organizationId);

    /// <summary>
    /// The caller for whom a personal access token speaks. Fails with <c>AUTH-7fs1e</c> if the token is unknown, expired or revoked, or if
    /// the user is not active.
    /// </summary>
    [AlwaysInterleave]
    [HostsOnly]
    [Alias("Authenticate")]
    Task<Caller> AuthenticateAsync(string personalAccessToken);

    /// <summary>
    /// The caller for this user, with the permissions of its roles. Fails with <c>AUTH-7fs1e</c> unless the user is active.
    /// </summary>
    [AlwaysInterleave]
    [HostsOnly]
    [Alias("AsCaller")]
    Task<Caller> AsCallerAsync();
}
