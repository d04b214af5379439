namespace Orleans.Sessions.Sessions;

/// <summary>Credentials that are gone: what was proved with them until then does not count any more.</summary>
/// <param name="Factor">The kind; <c>null</c>: all of them.</param>
/// <param name="At">When they went.</param>
/// <param name="Credential">The one of several of the kind; <c>null</c>: all of them.</param>
[GenerateSerializer, Immutable, Alias("sessions.Revocation")]
public sealed record Revocation([property: Id(0)] ProvedFactor? Factor, [property: Id(1)] DateTimeOffset At, [property: Id(2)] string? Credential = null)
{
    /// <summary>
    /// Whether the proof does not count any more. One of which nobody noted the credential goes with the first of its kind.
    /// </summary>
    public bool Voids(Proof proof) => proof.At <= At
        && (Factor is null || Factor == proof.Factor)
        && (Credential is null || proof.Credential is null || Credential == proof.Credential);
}
