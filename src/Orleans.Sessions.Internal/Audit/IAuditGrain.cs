using System.Collections.Immutable;

namespace Orleans.Sessions.Audit;

/// <summary>The audit trail for processes without a database. The key is 0; there may be any number of activations.</summary>
[Alias("sessions.IAuditGrain")]
public interface IAuditGrain : IGrainWithIntegerKey
{
    /// <summary>Adds the events that a gateway counted.</summary>
    [Alias("Count")]
    Task CountAsync(ImmutableArray<AuditRow> counted);

    /// <summary>
    /// The events that match and that the caller may see, newest first. With <see cref="Permission.EventRead"/> on the instance, the caller
    /// sees all events. Otherwise, the caller sees the events of organizations on which they have that permission, what they did
    /// themselves, and what was done to them. Fails with <c>QUERY-4M0fs</c> or <c>SESSION-Store</c>.
    /// </summary>
    [Alias("Search")]
    Task<ImmutableArray<AuditRow>> SearchAsync(Caller caller, AuditQuery query);
}
