using System.Collections.Immutable;

namespace Orleans.Sessions.SigningKeys;

/// <summary>The keys in their stored form, oldest first.</summary>
internal sealed record SigningKeysRecord
{
    /// <summary>The key pairs.</summary>
    public required ImmutableArray<StoredSigningKey> Keys { get; init; }

    /// <summary>The encrypted key for pushed requests.</summary>
    public required ImmutableArray<byte> EncryptionKey { get; init; }
}
