namespace Orleans.Sessions.Audit;

/// <summary>A kind of security event. <see cref="AuditKinds"/> lists all kinds.</summary>
/// <param name="Name">The name by which events of this kind are stored, logged and searched. It never changes.</param>
/// <param name="Meaning">What happened, in a sentence.</param>
public sealed record AuditKind(string Name, string Meaning)
{
    /// <summary>Whether only gateways record this kind, never grains.</summary>
    public bool IsAtGateway { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}
