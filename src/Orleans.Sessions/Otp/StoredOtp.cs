using System.Collections.Immutable;

namespace Orleans.Sessions.Otp;

/// <summary>A code that a session waits for.</summary>
/// <param name="Hash">The keyed hash of the code.</param>
/// <param name="ExpiresAt">When it is void.</param>
/// <param name="SentAt">When codes of this kind were sent for the session lately.</param>
[GenerateSerializer, Immutable, Alias("sessions.StoredOtp")]
public sealed record StoredOtp(
    [property: Id(0)] ImmutableArray<byte> Hash,
    [property: Id(1)] DateTimeOffset ExpiresAt,
    [property: Id(2)] ImmutableArray<DateTimeOffset>? SentAt = null);

/// <summary>What comparing a given code with the one that is waited for came to.</summary>
public enum OtpAttempt
{
    /// <summary>No code is waited for.</summary>
    Unexpected,

    /// <summary>The code that is waited for is void by now.</summary>
    Expired,

    /// <summary>It is another code.</summary>
    Wrong,

    /// <summary>It is the code.</summary>
    Right,
}
