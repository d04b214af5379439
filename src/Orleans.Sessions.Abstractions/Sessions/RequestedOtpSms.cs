namespace Orleans.Sessions;

/// <summary>How a code by SMS is delivered.</summary>
/// <param name="ReturnCode">Whether the caller gets the code and delivers it. Then nothing is sent.</param>
[GenerateSerializer, Immutable, Alias("sessions.RequestedOtpSms")]
public sealed record RequestedOtpSms([property: Id(0)] bool ReturnCode);
