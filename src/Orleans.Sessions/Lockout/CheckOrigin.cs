namespace Orleans.Sessions.Lockout;

/// <summary>Where an answer that is checked comes from, as the session knows it.</summary>
/// <param name="Address">The client's IP address; <c>null</c>: nobody told.</param>
/// <param name="DeviceId">The fingerprint id of the user agent; <c>null</c>: nobody told.</param>
/// <param name="CallId">What a repetition of the same call has in common with it; <c>null</c>: it is not repeated.</param>
[GenerateSerializer, Immutable, Alias("sessions.CheckOrigin")]
public sealed record CheckOrigin(
    [property: Id(0)] string? Address = null, [property: Id(1)] string? DeviceId = null, [property: Id(2)] string? CallId = null);
