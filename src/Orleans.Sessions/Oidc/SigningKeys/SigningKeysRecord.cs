using System.Collections.Immutable;

namespace Orleans.Sessions.Oidc.SigningKeys;

/// <summary>The keys as they are stored, oldest first.</summary>
public sealed record SigningKeysRecord
{
    /// <summary>The key pairs.</summary>
    public required ImmutableArray<StoredSigningKey> Keys { get; init; }

    /// <summary>The encrypted key that encrypts pushed requests.</summary>
    public required ImmutableArray<byte> EncryptionKey { get; init; }
}

/// <summary>A key pair.</summary>
/// <param name="Id">The <c>kid</c>.</param>
/// <param name="PrivateKey">PKCS #8, encrypted.</param>
/// <param name="SignsFrom">When it takes over from the key before.</param>
public sealed record StoredSigningKey(string Id, ImmutableArray<byte> PrivateKey, DateTimeOffset SignsFrom);
