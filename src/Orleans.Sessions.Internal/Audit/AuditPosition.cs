namespace Orleans.Sessions.Audit;

/// <summary>The position of an event in the trail.</summary>
/// <param name="At">When it happened.</param>
/// <param name="Id">The number of the event. It orders events of the same instant.</param>
[GenerateSerializer, Immutable, Alias("sessions.AuditPosition")]
public sealed record AuditPosition([property: Id(0)] DateTimeOffset At, [property: Id(1)] long Id);
