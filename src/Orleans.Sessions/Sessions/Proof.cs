namespace Orleans.Sessions.Sessions;

/// <summary>One factor that a session has proved.</summary>
/// <param name="Factor">Which one.</param>
/// <param name="At">When.</param>
/// <param name="Credential">By which of several credentials of the kind; <c>null</c>: there is one at most, or nobody noted it.</param>
/// <param name="UserVerified">Whether the authenticator verified the person, which makes it two factors in one.</param>
[GenerateSerializer, Immutable, Alias("sessions.Proof")]
public sealed record Proof(
    [property: Id(0)] ProvedFactor Factor,
    [property: Id(1)] DateTimeOffset At,
    [property: Id(2)] string? Credential = null,
    [property: Id(3)] bool UserVerified = false);
