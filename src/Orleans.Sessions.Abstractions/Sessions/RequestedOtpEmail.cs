namespace Orleans.Sessions;

/// <summary>How a code by e-mail is delivered.</summary>
/// <param name="ReturnCode">Whether the caller gets the code and delivers it. Then nothing is sent.</param>
/// <param name="UrlTemplate">The link in the message, with placeholders; <c>null</c> uses the configured link.</param>
[GenerateSerializer, Immutable, Alias("sessions.RequestedOtpEmail")]
public sealed record RequestedOtpEmail([property: Id(0)] bool ReturnCode, [property: Id(1)] string? UrlTemplate = null);
