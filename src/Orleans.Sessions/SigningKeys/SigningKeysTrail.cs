using Orleans.Sessions.Audit;

namespace Orleans.Sessions.SigningKeys;

/// <summary>What changes of the signing keys mean for the audit trail. The events contain only a key's id.</summary>
internal static class SigningKeysTrail
{
    public static IEnumerable<AuditEvent> Of(StateChange<SigningKeysRecord> change)
    {
        var had = (change.Before?.Keys ?? []).Select(key => key.Id).ToList();
        var has = change.After.Keys.Select(key => key.Id).ToList();
        var use = change.Key == GrainKeys.SamlCertificates ? "saml" : "oidc";
        return
        [
            .. has.Except(had)
                .Select(id => new AuditEvent(AuditKinds.SigningKeyCreated)
                {
                    TargetKind = "signing_key",
                    TargetId = id,
                    Detail = use,
                }),
            .. had.Except(has)
                .Select(id => new AuditEvent(AuditKinds.SigningKeyRemoved)
                {
                    TargetKind = "signing_key",
                    TargetId = id,
                    Detail = use,
                }),
        ];
    }
}
