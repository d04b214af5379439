using Orleans.Sessions.Audit;

namespace Orleans.Sessions.Organizations;

/// <summary>What changes of the organizations mean for the audit trail.</summary>
internal static class OrganizationsTrail
{
    public static IEnumerable<AuditEvent> Of(StateChange<OrganizationsRecord> change) =>
        from after in change.After.Organizations.Append(change.After.Default).OfType<StoredOrganization>()
        let before = Find(change.Before, after.Id)
        where before != after
        from happened in Between(before, after, isDefault: after == change.After.Default, change.Reason)
        select happened with
        {
            TargetKind = "organization",
            TargetId = after.Id,
            OrganizationId = after.Id,
        };

    /// <summary>What changes of an organization's metadata mean for the audit trail.</summary>
    public static IEnumerable<AuditEvent> OfMetadata(StateChange<OrganizationRecord> change)
    {
        var id = GrainKeys.Id(change.Key);
        var (before, after) = (change.Before?.Metadata ?? [], change.After.Metadata ?? []);
        var keys = before.Keys.Union(after.Keys).Where(key => before.GetValueOrDefault(key) != after.GetValueOrDefault(key)).Order();
        return keys.Select(key => new AuditEvent(AuditKinds.OrganizationMetadataChanged)
        {
            TargetKind = "organization",
            TargetId = id,
            OrganizationId = id,
            Detail = key,
        });
    }

    private static StoredOrganization? Find(OrganizationsRecord? record, string id) =>
        record?.Organizations.Append(record.Default).OfType<StoredOrganization>().FirstOrDefault(organization => organization.Id == id);

    private static IEnumerable<AuditEvent> Between(StoredOrganization? before, StoredOrganization after, bool isDefault, string? reason)
    {
        if (before is null && !isDefault)
        {
            yield return new(AuditKinds.OrganizationCreated);
        }

        if (before is null ? isDefault && after.Name.Length > 0 : before.Name != after.Name)
        {
            yield return new(AuditKinds.OrganizationRenamed);
        }

        var (from, to) = (before?.State ?? OrganizationState.Active, after.State ?? OrganizationState.Active);
        if (from != to)
        {
            yield return new(
                to switch
                {
                    OrganizationState.Inactive => AuditKinds.OrganizationDeactivated,
                    OrganizationState.Removed => AuditKinds.OrganizationDeleted,
                    _ => AuditKinds.OrganizationActivated,
                }
            )
            {
                Reason = reason,
            };
        }

        var (old, domains) = (before?.Domains ?? [], after.Domains ?? []);
        foreach (var domain in domains.Where(domain => old.All(other => other.Name != domain.Name)))
        {
            yield return new(AuditKinds.OrganizationDomainAdded) { Detail = domain.Name };
        }

        foreach (var domain in domains.Where(domain => domain.VerifiedAt is not null && old.Any(other => IsNow(other, domain))))
        {
            yield return new(AuditKinds.OrganizationDomainVerified) { Detail = domain.Name };
        }

        foreach (var domain in old.Where(domain => domains.All(other => other.Name != domain.Name)))
        {
            yield return new(AuditKinds.OrganizationDomainRemoved) { Detail = domain.Name };
        }
    }

    private static bool IsNow(StoredDomain before, StoredDomain after) => before.Name == after.Name && before.VerifiedAt is null;
}
