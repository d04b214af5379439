using System.Collections.Immutable;
using System.Security.Cryptography;
using Orleans.Sessions.Secrets;

namespace Orleans.Sessions.SigningKeys;

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
