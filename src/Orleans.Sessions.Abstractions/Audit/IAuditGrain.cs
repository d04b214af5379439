using System.Collections.Immutable;

namespace Orleans.Sessions.Audit;

/// <summary>The audit trail for processes without a database (key 0; any number of activations).</summary>
[Alias("sessions.IAuditGrain")]
public interface IAuditGrain : IGrainWithIntegerKey
{
    /// <summary>Adds what a gateway counted.</summary>
    [Alias("Count")]
    Task CountAsync(ImmutableArray<AuditRow> counted);

    /// <summary>
    /// The events that match and that the caller may see, newest first: all of them with <see cref="Permission.EventRead"/> on the instance; those of organizations on which the caller
    /// has it; and what the caller did, and what was done to the caller. Fails with <c>QUERY-4M0fs</c> or <c>SESSION-Store</c>.
    /// </summary>
    [Alias("Search")]
    Task<ImmutableArray<AuditRow>> SearchAsync(Caller caller, AuditQuery query);
}
