using System.Collections.Immutable;

namespace Orleans.Sessions.RecoveryCodes;

/// <summary>A recovery code; only its keyed hash is stored.</summary>
internal sealed record StoredRecoveryCode(ImmutableArray<byte> Hash);
