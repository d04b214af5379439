using System.Collections.Immutable;
using Orleans.Concurrency;
using Orleans.Sessions.Cluster;

namespace Orleans.Sessions;

/// <content>The secret and the keys of a machine user.</content>
public partial interface IUserGrain
{
    /// <summary>
    /// Gives a machine user a client secret, of which SHA-256 is given, instead of the one before. Needs <c>user.write</c>.
    /// Fails with <c>QUERY-Dfbg2</c> or <c>COMMAND-bs3fj</c>. Returns when it was added.
    /// </summary>
    [HostsOnly]
    [Alias("AddSecret")]
    Task<DateTimeOffset> AddSecretAsync(Caller caller, ImmutableArray<byte> secretHash);

    /// <summary>
    /// Takes the client secret away. Needs <c>user.write</c>. Fails with <c>QUERY-Dfbg2</c> or <c>COMMAND-coi82n</c>. Returns when.
    /// </summary>
    [Alias("RemoveSecret")]
    Task<DateTimeOffset> RemoveSecretAsync(Caller caller);

    /// <summary>Whether an active machine user has this name and this client secret.</summary>
    [AlwaysInterleave]
    [HostsOnly]
    [Alias("HasSecret")]
    Task<bool> HasSecretAsync(string userName, string secret);

    /// <summary>
    /// Adds a public key (RSA, SubjectPublicKeyInfo) by which a machine user signs its assertions; adding the same one again answers again.
    /// Needs <c>user.write</c> and. Fails with <c>QUERY-Dfbg2</c>, <c>COMMAND-bs3fj</c>, <c>COMMAND-Exp1r</c>, <c>COMMAND-Key01</c> or
    /// <c>COMMAND-Key50</c> (more than 50). Returns when it was added.
    /// </summary>
    [HostsOnly]
    [Alias("AddKey")]
    Task<DateTimeOffset> AddKeyAsync(Caller caller, string keyId, ImmutableArray<byte> publicKey, DateTimeOffset expiresAt);

    /// <summary>Removes a key. Needs <c>user.write</c>. Fails with <c>QUERY-Dfbg2</c> or <c>COMMAND-4m77K</c>. Returns when.</summary>
    [Alias("RemoveKey")]
    Task<DateTimeOffset> RemoveKeyAsync(Caller caller, string keyId);

    /// <summary>The keys, expired ones included, oldest first. Needs <c>user.read</c>. Fails with <c>QUERY-Dfbg2</c>.</summary>
    [AlwaysInterleave]
    [Alias("ListKeys")]
    Task<ImmutableArray<MachineCredential>> ListKeysAsync(Caller caller);

    /// <summary>
    /// A public key of an active machine user (SubjectPublicKeyInfo); <c>null</c>: there is none with this id, or it has expired.
    /// </summary>
    [AlwaysInterleave]
    [HostsOnly]
    [Alias("FindKey")]
    Task<ImmutableArray<byte>?> FindKeyAsync(string keyId);
}
