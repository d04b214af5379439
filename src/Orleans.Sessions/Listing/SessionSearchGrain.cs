using Orleans.Concurrency;
using Orleans.Sessions.Directory;
using Orleans.Sessions.Sessions;
using Orleans.Sessions.State;

namespace Orleans.Sessions.Listing;

/// <summary>
/// Sends a search where it is answered best: a few ids to the sessions themselves, one user to that user's index, everything
/// else to the directory. All three include every acknowledged change.
/// </summary>
[StatelessWorker]
public sealed class SessionSearchGrain(ISessionDirectory directory, StateSerializer serializer, TimeProvider clock) : Grain, ISessionSearchGrain
{
    private const int MaxIdsToAsk = 50;

    /// <inheritdoc/>
    public async Task<SessionPage> SearchAsync(Caller caller, SessionQuery query)
    {
        if (query.Limit is < 1 or > SessionQuery.MaxLimit)
        {
            throw new SessionException(SessionErrors.LimitExceeded);
        }

        if (query.Filters.Any(filter => filter is SessionFilter.InState { State: SessionState.Terminated }))
        {
            return await SearchDirectoryAsync(directory, serializer, clock, caller, query);
        }

        if (query.Filters.OfType<SessionFilter.Ids>().FirstOrDefault() is { } ids && ids.Values.Length <= MaxIdsToAsk)
        {
            var found = await Task.WhenAll(ids.Values.Distinct().Select(
                id => GrainFactory.GetGrain<ISessionLifecycle>(GrainKeys.Session(id)).FindAsync()));
            return SessionMatching.Page(found.OfType<FoundSession>(), caller, query, clock.GetMicroNow());
        }

        if (query.Filters.OfType<SessionFilter.User>().FirstOrDefault() is { } user)
        {
            return await GrainFactory.GetGrain<IUserSessionsGrain>(GrainKeys.User(user.UserId)).SearchAsync(caller, query);
        }

        return await SearchDirectoryAsync(directory, serializer, clock, caller, query);
    }

    /// <summary>Asks the directory and shows what it found.</summary>
    internal static async Task<SessionPage> SearchDirectoryAsync(
        ISessionDirectory directory, StateSerializer serializer, TimeProvider clock, Caller caller, SessionQuery query)
    {
        try
        {
            var page = await directory.SearchAsync(query, VisibilityOf(caller), CancellationToken.None);
            var views = page.Rows.Select(row =>
            {
                var session = serializer.Deserialize<SessionRecord>(row.Payload.Span);
                return SessionMatching.Shown(SessionRules.View(row, session), session, query);
            });
            return new SessionPage([.. views], page.Total, clock.GetMicroNow());
        }
        catch (StoreUnavailableException)
        {
            throw new SessionException(SessionErrors.StorageAway);
        }
    }

    private static Visibility VisibilityOf(Caller caller) => new()
    {
        Everything = caller.May(Permission.SessionRead),
        CallerId = caller.UserId,
        AgentId = caller.AgentId,
        Organizations = [.. caller.OrganizationPermissions
            .Where(granted => granted.Permissions.HasFlag(Permission.SessionRead))
            .Select(granted => granted.OrganizationId)],
    };
}
