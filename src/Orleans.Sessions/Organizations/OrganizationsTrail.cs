using Orleans.Sessions.Audit;

namespace Orleans.Sessions.Organizations;

/// <summary>What changes of the organizations mean for the audit trail.</summary>
internal static class OrganizationsTrail
{
    public static IEnumerable<AuditEvent> Of(StateChange<OrganizationsRecord> change) =>
        change
            .After.Organizations.Except(change.Before?.Organizations ?? [])
            .Select(organization => new AuditEvent(AuditKinds.OrganizationCreated)
            {
                TargetKind = "organization",
                TargetId = organization.Id,
                OrganizationId = organization.Id,
            });
}
