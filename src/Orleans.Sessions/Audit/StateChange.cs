namespace Orleans.Sessions.Audit;

/// <summary>A change of a grain's record that is about to be written.</summary>
/// <param name="Key">The grain's key.</param>
/// <param name="Before">The stored record; <c>null</c> if there is none.</param>
/// <param name="After">The record to store.</param>
/// <param name="Reason">The reason for the change, if the record does not contain it.</param>
internal readonly record struct StateChange<T>(string Key, T? Before, T After, string? Reason)
    where T : class;

/// <summary>
/// Returns the audit events of a change of a record. The one place that writes all changes of such records calls it, so the
/// author of a new method cannot forget it.
/// </summary>
/// <typeparam name="T">The type of the record.</typeparam>
internal delegate IEnumerable<AuditEvent> ChangeTrail<T>(StateChange<T> change)
    where T : class;
