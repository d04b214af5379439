using System.Collections.Immutable;

namespace Orleans.Sessions.Otp;

/// <summary>A pending code of a session.</summary>
/// <param name="Hash">The keyed hash of the code.</param>
/// <param name="ExpiresAt">When the code expires.</param>
/// <param name="SentAt">When codes of this kind were recently sent for the session.</param>
[GenerateSerializer, Immutable, Alias("sessions.StoredOtp")]
internal sealed record StoredOtp(
    [property: Id(0)] ImmutableArray<byte> Hash,
    [property: Id(1)] DateTimeOffset ExpiresAt,
    [property: Id(2)] ImmutableArray<DateTimeOffset>? SentAt = null
);
