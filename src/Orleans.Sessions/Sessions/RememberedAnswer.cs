using System.Collections.Immutable;

namespace Orleans.Sessions.Sessions;

/// <summary>What is stored of an answered request, so that a repetition gets the same answer.</summary>
/// <param name="KeyHash">A keyed hash of its <c>Idempotency-Key</c>; without a key, the SHA-256 hash of the token it gave.</param>
/// <param name="RequestHash">A keyed hash of the request, since the request may hold a password; empty without an
/// <c>Idempotency-Key</c>.</param>
/// <param name="Sequence">The session's sequence after the request.</param>
/// <param name="ChangedAt">When the request was done.</param>
/// <param name="Issued">The challenges it returned, encrypted.</param>
[GenerateSerializer, Immutable, Alias("sessions.RememberedAnswer")]
internal sealed record RememberedAnswer(
    [property: Id(0)] ImmutableArray<byte> KeyHash,
    [property: Id(1)] ImmutableArray<byte> RequestHash,
    [property: Id(2)] long Sequence,
    [property: Id(3)] DateTimeOffset ChangedAt,
    [property: Id(4)] ImmutableArray<byte>? Issued = null
);
