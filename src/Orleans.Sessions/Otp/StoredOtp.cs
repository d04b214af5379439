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

/// <summary>The result of comparing a given code with the pending one.</summary>
internal enum OtpAttempt
{
    /// <summary>No code is pending.</summary>
    Unexpected,

    /// <summary>The pending code has expired.</summary>
    Expired,

    /// <summary>It is another code.</summary>
    Wrong,

    /// <summary>It is the code.</summary>
    Right,
}
