using System.Collections.Immutable;

namespace Orleans.Sessions.Users;

/// <summary>A public key (SubjectPublicKeyInfo).</summary>
internal sealed record StoredMachineKey(string Id, ImmutableArray<byte> PublicKey, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt);
