using System.Collections.Immutable;
using Orleans.Concurrency;
using Orleans.Sessions.Cluster;

namespace Orleans.Sessions;

/// <content>The secret and the keys of a machine user.</content>
public partial interface IUserGrain
{
    /// <summary>
    /// Gives a machine user a client secret, which replaces an earlier one. The caller passes the SHA-256 of the secret. Needs
    /// <c>user.write</c>. Fails with <c>QUERY-Dfbg2</c> or <c>COMMAND-bs3fj</c>. Returns when it was added.
    /// </summary>
    [HostsOnly]
    [Alias("AddSecret")]
    Task<DateTimeOffset> AddSecretAsync(Caller caller, ImmutableArray<byte> secretHash);

    /// <summary>
    /// Removes the client secret. Needs <c>user.write</c>. Fails with <c>QUERY-Dfbg2</c> or <c>COMMAND-coi82n</c>. Returns when it was
    /// removed.
    /// </summary>
    [Alias("RemoveSecret")]
    Task<DateTimeOffset> RemoveSecretAsync(Caller caller);

    /// <summary>Whether this is an active machine user with this name and this client secret.</summary>
    [AlwaysInterleave]
    [HostsOnly]
    [Alias("HasSecret")]
    Task<bool> HasSecretAsync(string userName, string secret);

    /// <summary>
    /// Adds a public key (RSA, SubjectPublicKeyInfo) for the assertions that a machine user signs. Adding the same key again returns the
    /// same answer. Needs <c>user.write</c>. Fails with <c>QUERY-Dfbg2</c>, <c>COMMAND-bs3fj</c>, <c>COMMAND-Exp1r</c>,
    /// <c>COMMAND-Key01</c> or <c>COMMAND-Key50</c> (more than 50). Returns when it was added.
    /// </summary>
    [HostsOnly]
    [Alias("AddKey")]
    Task<DateTimeOffset> AddKeyAsync(Caller caller, string keyId, ImmutableArray<byte> publicKey, DateTimeOffset expiresAt);

    /// <summary>
    /// Removes a key. Needs <c>user.write</c>. Fails with <c>QUERY-Dfbg2</c> or <c>COMMAND-4m77K</c>. Returns when it was removed.
    /// </summary>
    [Alias("RemoveKey")]
    Task<DateTimeOffset> RemoveKeyAsync(Caller caller, string keyId);

    /// <summary>The keys, oldest first, including expired ones. Needs <c>user.read</c>. Fails with <c>QUERY-Dfbg2</c>.</summary>
    [AlwaysInterleave]
    [Alias("ListKeys")]
    Task<ImmutableArray<MachineCredential>> ListKeysAsync(Caller caller);

    /// <summary>
    /// A public key of an active machine user (SubjectPublicKeyInfo); <c>null</c> if no key has this id, or if it has expired.
    /// </summary>
    [AlwaysInterleave]
    [HostsOnly]
    [Alias("FindKey")]
    Task<ImmutableArray<byte>?> FindKeyAsync(string keyId);
}
