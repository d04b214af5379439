namespace Orleans.Sessions.Sessions;

/// <summary>Removed credentials: what was proved with them until then no longer counts.</summary>
/// <param name="Factor">The kind of credential; <c>null</c> means all kinds.</param>
/// <param name="At">When they were removed.</param>
/// <param name="Credential">The removed credential, if the user has several of the kind; <c>null</c> means all of them.</param>
[GenerateSerializer, Immutable, Alias("sessions.Revocation")]
internal sealed record Revocation(
    [property: Id(0)] ProvedFactor? Factor,
    [property: Id(1)] DateTimeOffset At,
    [property: Id(2)] string? Credential = null
)
{
    /// <summary>
    /// Whether the proof no longer counts. A proof that does not name its credential becomes void with the first removed credential of its
    /// kind.
    /// </summary>
    public bool Voids(Proof proof) =>
        proof.At <= At
        && (Factor is null || Factor == proof.Factor)
        && (Credential is null || proof.Credential is null || Credential == proof.Credential);
}
