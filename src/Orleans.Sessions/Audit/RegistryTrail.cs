namespace Orleans.Sessions.Audit;

/// <summary>What changes of a registry mean for the audit trail: added, changed and removed entries.</summary>
internal static class RegistryTrail
{
    /// <summary>
    /// The events. An entry that is the same object is unchanged. If a registry is written before it was read, it was empty.
    /// </summary>
    public static IEnumerable<AuditEvent> Of<T>(
        IEnumerable<T> before,
        IEnumerable<T> after,
        Func<T, string> id,
        string targetKind,
        AuditKind created,
        AuditKind changed,
        AuditKind deleted,
        Func<T, T, IEnumerable<AuditKind>>? more = null
    )
        where T : class
    {
        var had = before.ToDictionary(id, StringComparer.Ordinal);
        foreach (var entry in after)
        {
            if (!had.Remove(id(entry), out var known))
            {
                yield return Of(created, entry);
            }
            else if (!ReferenceEquals(known, entry))
            {
                yield return Of(changed, entry);
                foreach (var kind in more?.Invoke(known, entry) ?? [])
                {
                    yield return Of(kind, entry);
                }
            }
        }

        foreach (var entry in had.Values)
        {
            yield return Of(deleted, entry);
        }

        AuditEvent Of(AuditKind kind, T entry) => new(kind) { TargetKind = targetKind, TargetId = id(entry) };
    }
}
