namespace Orleans.Sessions.Sessions;

/// <summary>One factor that a session has proved.</summary>
/// <param name="Factor">The factor.</param>
/// <param name="At">When it was proved.</param>
/// <param name="Credential">
/// Which credential was used, if the user can have several of the kind; <c>null</c> if there is at most one.
/// </param>
/// <param name="UserVerified">Whether the authenticator verified the person. Such a proof counts as two factors.</param>
[GenerateSerializer, Immutable, Alias("sessions.Proof")]
internal sealed record Proof(
    [property: Id(0)] ProvedFactor Factor,
    [property: Id(1)] DateTimeOffset At,
    [property: Id(2)] string? Credential = null,
    [property: Id(3)] bool UserVerified = false
)
{
    /// <summary>
    /// Whether a certified authenticator keeps the key in its hardware, by its attestation. Sessions forget that in time
    /// (<see cref="HardwareProof"/>).
    /// </summary>
    [Id(4)]
    public bool IsHardwareBound { get; init; }
}
