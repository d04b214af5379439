namespace Orleans.Sessions.Audit;

/// <summary>A change of a grain's record that is about to be written.</summary>
/// <param name="Key">The grain's key.</param>
/// <param name="Before">What was stored; <c>null</c>: nothing.</param>
/// <param name="After">What is to be stored.</param>
/// <param name="Reason">Why it changes, where the record does not say it.</param>
public readonly record struct StateChange<T>(string Key, T? Before, T After, string? Reason)
    where T : class;

/// <summary>
/// Tells what a change of a record means to the audit trail. It is asked at the one place through which every change of such a record is written, so
/// whoever writes a new method cannot forget it.
/// </summary>
/// <typeparam name="T">The record.</typeparam>
public delegate IEnumerable<AuditEvent> ChangeTrail<T>(StateChange<T> change)
    where T : class;
