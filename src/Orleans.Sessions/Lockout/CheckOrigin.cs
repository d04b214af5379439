namespace Orleans.Sessions.Lockout;

/// <summary>The origin of a checked answer, as the session knows it.</summary>
/// <param name="Address">The client's IP address; <c>null</c> if unknown.</param>
/// <param name="DeviceId">The fingerprint id of the user agent; <c>null</c> if unknown.</param>
/// <param name="CallId">Identifies the call and its repetitions; <c>null</c> if the call is never repeated.</param>
[GenerateSerializer, Immutable, Alias("sessions.CheckOrigin")]
internal sealed record CheckOrigin(
    [property: Id(0)] string? Address = null,
    [property: Id(1)] string? DeviceId = null,
    [property: Id(2)] string? CallId = null
);
