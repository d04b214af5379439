using System.Collections.Immutable;
using System.Security.Cryptography;
using Orleans.Sessions.Secrets;

namespace Orleans.Sessions.Oidc;

/// <summary>
/// The keys this installation signs tokens (key <see cref="GrainKeys.SigningKeys"/>) and SAML messages (key <see cref="GrainKeys.SamlCertificates"/>) with: made at the first start, encrypted at rest, the same on every
/// node, and replaced on a schedule. A new key is published before it signs, and an old one as long as tokens of it may live.
/// </summary>
[Alias("sessions.ISigningKeysGrain")]
public interface ISigningKeysGrain : IGrainWithStringKey
{
    /// <summary>The keys as of now. The secret parts are encrypted with the master key: only a process that holds it can use them.</summary>
    [Alias("Get")]
    Task<SigningKeySet> GetAsync();

    /// <summary>The published keys, oldest first. Needs <c>oidc.client.read</c>.</summary>
    [Alias("List")]
    Task<ImmutableArray<PublishedKey>> ListAsync(Caller caller);

    /// <summary>
    /// Makes the next key now, if there is none yet, and signs with it after the time it takes everybody to learn of it. <paramref name="withdrawOthers"/>, for keys that
    /// have leaked: a new key signs at once, and all others are gone. Needs <c>oidc.client.write</c>.
    /// </summary>
    /// <returns>The published keys, oldest first.</returns>
    [Alias("Rotate")]
    Task<ImmutableArray<PublishedKey>> RotateAsync(Caller caller, bool withdrawOthers);
}

/// <summary>A key that is published.</summary>
/// <param name="Id">The <c>kid</c>.</param>
/// <param name="SignsFrom">When it began, or will begin, to sign.</param>
/// <param name="State">Whether it signs.</param>
[GenerateSerializer, Immutable, Alias("sessions.PublishedKey")]
public sealed record PublishedKey([property: Id(0)] string Id, [property: Id(1)] DateTimeOffset SignsFrom, [property: Id(2)] PublishedKeyState State);

/// <summary>Whether a key signs; numbers are those of <c>sessions.keys.v1.SigningKeyState</c>.</summary>
public enum PublishedKeyState
{
    /// <summary>Later.</summary>
    Announced = 1,

    /// <summary>Now.</summary>
    Signing = 2,

    /// <summary>No more.</summary>
    Retired = 3,
}

/// <summary>The keys of an installation.</summary>
/// <param name="Active">Signs.</param>
/// <param name="Others">Are published too: the next one, and earlier ones.</param>
/// <param name="ProtectedEncryptionKey">32 bytes, encrypted: they encrypt what only this installation reads, such as pushed requests.</param>
/// <param name="Announcement">How long a key that is made later will be published before it signs; <c>null</c>: a node of an earlier version does not say.</param>
[GenerateSerializer, Immutable, Alias("sessions.SigningKeySet")]
public sealed record SigningKeySet(
    [property: Id(0)] SigningKey Active,
    [property: Id(1)] ImmutableArray<SigningKey> Others,
    [property: Id(2)] ImmutableArray<byte> ProtectedEncryptionKey,
    [property: Id(3)] TimeSpan? Announcement = null)
{
    /// <summary>What the encryption key is protected as; see <see cref="SecretProtector.Protect"/>.</summary>
    public const string EncryptionPurpose = "oidc-encryption";

    /// <summary>The encryption key, 32 bytes. Throws <see cref="CryptographicException"/> when the master key is another one.</summary>
    public byte[] EncryptionKey(SecretProtector secrets)
    {
        ArgumentNullException.ThrowIfNull(secrets);
        return secrets.Unprotect(ProtectedEncryptionKey.AsSpan(), EncryptionPurpose);
    }
}

/// <summary>One RSA key pair.</summary>
/// <param name="Id">The <c>kid</c>.</param>
/// <param name="ProtectedKey">The private key, encrypted.</param>
/// <param name="Certificate">The self-signed X.509 certificate, DER; <c>null</c> for keys of tokens.</param>
[GenerateSerializer, Immutable, Alias("sessions.SigningKey")]
public sealed record SigningKey(
    [property: Id(0)] string Id, [property: Id(1)] ImmutableArray<byte> ProtectedKey, [property: Id(2)] ImmutableArray<byte>? Certificate = null)
{
    /// <summary>What the private key of this id is protected as; see <see cref="SecretProtector.Protect"/>.</summary>
    public static string Purpose(string id) => $"oidc-key:{id}";

    /// <summary>The private key, ready to sign. Throws <see cref="CryptographicException"/> when the master key is another one.</summary>
    public RSA PrivateKey(SecretProtector secrets)
    {
        ArgumentNullException.ThrowIfNull(secrets);
        var rsa = RSA.Create();
        rsa.ImportPkcs8PrivateKey(secrets.Unprotect(ProtectedKey.AsSpan(), Purpose(Id)), out _);
        return rsa;
    }
}
