using System.Collections.Immutable;

namespace Orleans.Sessions.WebAuthn;

/// <summary>A code that permits registering a passkey; only its hash is stored.</summary>
internal sealed record StoredPasskeyCode(string Id, ImmutableArray<byte> Hash, DateTimeOffset ExpiresAt);
