using Orleans.Sessions.Audit;

namespace Orleans.Sessions.Oidc.Clients;

/// <summary>What changes of the registry of OpenID Connect clients mean for the audit trail.</summary>
internal static class ClientsTrail
{
    public static IEnumerable<AuditEvent> Of(StateChange<ClientsRecord> change) =>
        RegistryTrail.Of(
            change.Before?.Clients.Values ?? [],
            change.After.Clients.Values,
            client => client.Id,
            "oidc_client",
            AuditKinds.ClientCreated,
            AuditKinds.ClientChanged,
            AuditKinds.ClientDeleted,
            (known, client) =>
                (known.SecretHash, client.SecretHash) switch
                {
                    (_, null) => [],
                    ({ } had, { } has) when had.AsSpan().SequenceEqual(has.AsSpan()) => [],
                    _ => [AuditKinds.ClientSecretSet],
                }
        );
}
