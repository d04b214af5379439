using Orleans.Sessions.Audit;
using Orleans.Sessions.Saml.Requests;
using Orleans.Sessions.Saml.ServiceProviders;

namespace Orleans.Sessions.Saml;

/// <summary>What changes of the registry of SAML service providers, and of their requests, mean for the audit trail.</summary>
internal static class SamlTrail
{
    public static IEnumerable<AuditEvent> Of(StateChange<ServiceProvidersRecord> change) =>
        RegistryTrail.Of(
            change.Before?.ServiceProviders.Values ?? [],
            change.After.ServiceProviders.Values.Select(provider =>
                change.Before?.ServiceProviders.GetValueOrDefault(provider.Id) is { } known && IsOnlyReadAgain(known, provider)
                    ? known
                    : provider
            ),
            provider => provider.Id,
            "service_provider",
            AuditKinds.ServiceProviderCreated,
            AuditKinds.ServiceProviderChanged,
            AuditKinds.ServiceProviderDeleted
        );

    /// <summary>Whether nothing has changed but the age of the copy of the metadata.</summary>
    private static bool IsOnlyReadAgain(ServiceProvider known, ServiceProvider provider) =>
        (known with { MetadataCopy = provider.MetadataCopy }) == provider;

    public static IEnumerable<AuditEvent> Of(StateChange<SamlRequestRecord> change)
    {
        var (before, after) = (change.Before, change.After);
        if (after.CompletedAt is null || before is not { CompletedAt: null })
        {
            yield break;
        }

        var happened = AuditEvent.OfUser(AuditKinds.SamlLogin, after.Login?.UserId, after.Login?.OrganizationId) with
        {
            SessionId = after.Login?.SessionId,
            Detail = after.Request.EntityId,
        };
        yield return after.Failure is { } failure ? happened with { Outcome = AuditOutcome.Refused, Reason = failure.Error } : happened;
    }
}
