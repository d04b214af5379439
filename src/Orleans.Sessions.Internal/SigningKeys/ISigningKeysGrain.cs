using System.Collections.Immutable;

namespace Orleans.Sessions.SigningKeys;

/// <summary>
/// The keys with which this installation signs tokens (key <see cref="GrainKeys.SigningKeys"/>) and SAML messages (key
/// <see cref="GrainKeys.SamlCertificates"/>). They are created at the first start, encrypted at rest, the same on every node, and replaced
/// on a schedule. A new key is published before it signs. An old key stays published while tokens that it signed may be valid.
/// </summary>
[Alias("sessions.ISigningKeysGrain")]
public interface ISigningKeysGrain : IGrainWithStringKey
{
    /// <summary>
    /// The current keys. The secret parts are encrypted with the master key, so only a process that holds the master key can use them.
    /// </summary>
    [Alias("Get")]
    Task<SigningKeySet> GetAsync();

    /// <summary>The published keys, oldest first. Needs <c>iam.web_key.read</c>.</summary>
    [Alias("List")]
    Task<ImmutableArray<PublishedKey>> ListAsync(Caller caller);

    /// <summary>
    /// Creates the next key now, unless there already is a next key. It has the form of the newest key. The key begins to sign when
    /// everybody has had time to fetch it. Use <paramref name="withdrawOthers"/> if keys have leaked: then a new key signs at once, and all
    /// other keys are removed. Needs <c>iam.web_key.write</c>. Fails with <c>WEBKEY-Many1</c> if there are 100 keys and they are to stay.
    /// </summary>
    [Alias("Rotate")]
    Task<KeyRotation> RotateAsync(Caller caller, bool withdrawOthers);

    /// <summary>
    /// Creates and publishes the next key. Later keys have its form until another one is created. It begins to sign as after
    /// <see cref="RotateAsync"/>, or when it is activated. Needs <c>iam.web_key.write</c>. Fails with <c>WEBKEY-Next1</c> if there is a
    /// next key, with <c>WEBKEY-Many1</c> if there are 100 keys, and with <c>SESSION-Unimp</c> for a certificate with another form than
    /// <see cref="KeyForm.Default"/>.
    /// </summary>
    [Alias("CreateOfForm")]
    Task<PublishedKey> CreateAsync(Caller caller, KeyForm form);

    /// <summary>
    /// Makes the next key sign now, even if not everybody has fetched it. Returns when; a key that signs already is left as it is. Needs
    /// <c>iam.web_key.write</c>. Fails with <c>COMMAND-teiG3</c> (no such key) or <c>WEBKEY-Old01</c> (it has signed before).
    /// </summary>
    [Alias("Activate")]
    Task<DateTimeOffset> ActivateAsync(Caller caller, string keyId);

    /// <summary>
    /// Withdraws a key that does not sign. Returns when; <c>null</c> if there is no such key. Needs <c>iam.web_key.write</c>. Fails with
    /// <c>COMMAND-Chai1</c> if the key signs.
    /// </summary>
    [Alias("Remove")]
    Task<DateTimeOffset?> RemoveAsync(Caller caller, string keyId);
}
