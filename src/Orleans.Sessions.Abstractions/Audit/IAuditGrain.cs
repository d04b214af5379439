using System.Collections.Immutable;

namespace Orleans.Sessions.Audit;

/// <summary>The audit trail for processes without a database (key 0; any number of activations).</summary>
[Alias("sessions.IAuditGrain")]
public interface IAuditGrain : IGrainWithIntegerKey
{
    /// <summary>Adds what a gateway counted.</summary>
    [Alias("Count")]
    Task CountAsync(ImmutableArray<AuditRow> counted);
}
