using System.Collections.Immutable;
using Orleans.Concurrency;
using Orleans.Runtime;
using Orleans.Sessions.Storage;

namespace Orleans.Sessions.Audit;

/// <inheritdoc cref="IAuditGrain"/>
[StatelessWorker]
[GrainType("audit")]
internal sealed class AuditGrain(IAuditSink sink, IAuditStore store, AuditTrail trail) : Grain, IAuditGrain
{
    /// <inheritdoc/>
    public Task CountAsync(ImmutableArray<AuditRow> counted) =>
        StoredAsync(async () =>
        {
            await sink.CountAsync(counted, CancellationToken.None);
            return true;
        });

    /// <inheritdoc/>
    public async Task<ImmutableArray<AuditRow>> SearchAsync(Caller caller, AuditQuery query)
    {
        if (query.Limit is < 1 or > AuditQuery.MaxLimit || query.Kinds.Length > AuditQuery.MaxKinds)
        {
            throw new SessionException(SessionErrors.LimitExceeded);
        }

        var visibility = new AuditVisibility(
            caller.May(Permission.EventRead),
            caller.UserId.Length > 0 ? caller.UserId : null,
            [
                .. caller
                    .OrganizationPermissions.Where(granted => granted.Permissions.HasFlag(Permission.EventRead))
                    .Select(granted => granted.OrganizationId),
            ]
        );
        var found = await StoredAsync(() =>
            store.SearchAsync(Clean(query), query.SessionId is { } id ? trail.SessionHash(id) : null, visibility, default)
        );
        return visibility.Everything ? [.. found] : [.. found.Select(row => ForSelf(row, caller, visibility))];
    }

    /// <summary>The query's texts, cleaned like stored texts.</summary>
    private static AuditQuery Clean(AuditQuery query) =>
        query with
        {
            Kinds = [.. query.Kinds.Select(kind => AuditText.Clean(kind) ?? "")],
            ActorId = AuditText.Clean(query.ActorId),
            TargetKind = AuditText.Clean(query.TargetKind),
            TargetId = AuditText.Clean(query.TargetId),
            OrganizationId = AuditText.Clean(query.OrganizationId),
            ClientId = AuditText.Clean(query.ClientId),
            Source = AuditText.Clean(query.Source),
        };

    /// <summary>
    /// A person sees what other users did to them, but not the source address. Logins are the exception: if another person logs in as this
    /// person, they must be able to see from where.
    /// </summary>
    private static AuditRow ForSelf(AuditRow row, Caller caller, AuditVisibility visibility) =>
        row.ActorId is null
        || row.ActorId == caller.UserId
        || row.Kind.StartsWith("login.", StringComparison.Ordinal)
        || (row.OrganizationId is { } organization && visibility.Organizations.Contains(organization))
            ? row
            : row with
            {
                Source = null,
                UserAgent = null,
                RequestId = null,
            };

    private static async Task<T> StoredAsync<T>(Func<Task<T>> call)
    {
        try
        {
            return await call();
        }
        catch (StoreUnavailableException)
        {
            throw new SessionException(SessionErrors.StorageAway);
        }
    }
}
