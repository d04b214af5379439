using System.Collections.Immutable;
using System.Security.Cryptography;
using Orleans.Sessions.Secrets;

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

    /// <summary>The published keys, oldest first. Needs <c>oidc.client.read</c>.</summary>
    [Alias("List")]
    Task<ImmutableArray<PublishedKey>> ListAsync(Caller caller);

    /// <summary>
    /// Creates the next key now, unless there already is a next key. The key begins to sign when everybody has had time to fetch it. Use
    /// <paramref name="withdrawOthers"/> if keys have leaked: then a new key signs at once, and all other keys are removed. Needs
    /// <c>oidc.client.write</c>.
    /// </summary>
    /// <returns>The published keys, oldest first.</returns>
    [Alias("Rotate")]
    Task<ImmutableArray<PublishedKey>> RotateAsync(Caller caller, bool withdrawOthers);
}

/// <summary>A published key.</summary>
/// <param name="Id">The <c>kid</c>.</param>
/// <param name="SignsFrom">When the key began to sign, or will begin to sign.</param>
/// <param name="State">Whether the key signs.</param>
[GenerateSerializer, Immutable, Alias("sessions.PublishedKey")]
public sealed record PublishedKey(
    [property: Id(0)] string Id,
    [property: Id(1)] DateTimeOffset SignsFrom,
    [property: Id(2)] PublishedKeyState State
);

/// <summary>Whether a key signs. The numbers are those of <c>sessions.keys.v1.SigningKeyState</c>.</summary>
public enum PublishedKeyState
{
    /// <summary>The key will sign later.</summary>
    Announced = 1,

    /// <summary>The key signs now.</summary>
    Signing = 2,

    /// <summary>The key no longer signs.</summary>
    Retired = 3,
}

/// <summary>The keys of an installation.</summary>
/// <param name="Active">The key that signs.</param>
/// <param name="Others">The other published keys: the next key, and earlier keys.</param>
/// <param name="ProtectedEncryptionKey">An encrypted key of 32 bytes. It encrypts what only this installation reads, such as pushed
/// requests.</param>
/// <param name="Announcement">How long a later key is published before it signs; <c>null</c> if the answer comes from a node of an earlier
/// version.</param>
[GenerateSerializer, Immutable, Alias("sessions.SigningKeySet")]
public sealed record SigningKeySet(
    [property: Id(0)] SigningKey Active,
    [property: Id(1)] ImmutableArray<SigningKey> Others,
    [property: Id(2)] ImmutableArray<byte> ProtectedEncryptionKey,
    [property: Id(3)] TimeSpan? Announcement = null
)
{
    /// <summary>The purpose for which the encryption key is protected; see <see cref="SecretProtector.Protect"/>.</summary>
    public const string EncryptionPurpose = "oidc-encryption";

    /// <summary>
    /// The encryption key, 32 bytes. Throws <see cref="CryptographicException"/> if it was encrypted with another master key.
    /// </summary>
    public byte[] EncryptionKey(SecretProtector secrets)
    {
        ArgumentNullException.ThrowIfNull(secrets);
        return secrets.Unprotect(ProtectedEncryptionKey.AsSpan(), EncryptionPurpose);
    }
}

/// <summary>One RSA key pair.</summary>
/// <param name="Id">The <c>kid</c>.</param>
/// <param name="ProtectedKey">The private key, encrypted.</param>
/// <param name="Certificate">The self-signed X.509 certificate, DER; <c>null</c> for keys that sign tokens.</param>
[GenerateSerializer, Immutable, Alias("sessions.SigningKey")]
public sealed record SigningKey(
    [property: Id(0)] string Id,
    [property: Id(1)] ImmutableArray<byte> ProtectedKey,
    [property: Id(2)] ImmutableArray<byte>? Certificate = null
)
{
    /// <summary>The purpose for which the private key with this id is protected; see <see cref="SecretProtector.Protect"/>.</summary>
    public static string Purpose(string id) => $"oidc-key:{id}";

    /// <summary>
    /// The private key, ready to sign. Throws <see cref="CryptographicException"/> if it was encrypted with another master key.
    /// </summary>
    public RSA PrivateKey(SecretProtector secrets)
    {
        ArgumentNullException.ThrowIfNull(secrets);
        var rsa = RSA.Create();
        rsa.ImportPkcs8PrivateKey(secrets.Unprotect(ProtectedKey.AsSpan(), Purpose(Id)), out _);
        return rsa;
    }
}
