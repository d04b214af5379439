using Orleans.Sessions.Audit;

namespace Orleans.Sessions.IdentityProviders;

/// <summary>What changes of the registry of identity providers, and of logins at them, mean for the audit trail.</summary>
internal static class ProvidersTrail
{
    public static IEnumerable<AuditEvent> Of(StateChange<ProvidersRecord> change) =>
        RegistryTrail.Of(
            change.Before?.Providers ?? [],
            change.After.Providers,
            provider => provider.Id,
            "identity_provider",
            AuditKinds.ProviderCreated,
            AuditKinds.ProviderChanged,
            AuditKinds.ProviderDeleted
        );

    public static IEnumerable<AuditEvent> Of(StateChange<IntentRecord> change)
    {
        var (before, after) = (change.Before, change.After);
        if (after.State == before?.State)
        {
            yield break;
        }

        switch (after.State)
        {
            case IntentState.Succeeded:
                yield return new(AuditKinds.ProviderLogin)
                {
                    TargetKind = after.UserId is null ? "identity_provider" : "user",
                    TargetId = after.UserId ?? after.ProviderId,
                    Detail = after.ProviderId,
                };
                break;
            case IntentState.Failed:
                yield return new(AuditKinds.ProviderLogin)
                {
                    Outcome = AuditOutcome.Failure,
                    Reason = after.Failure,
                    TargetKind = "identity_provider",
                    TargetId = after.ProviderId,
                    Detail = after.ProviderId,
                };
                break;
        }
    }
}
