using Orleans.Concurrency;
using Orleans.Sessions.Sessions;
using Orleans.Sessions.State;

namespace Orleans.Sessions.Listing;

/// <summary>
/// Routes a search to the best source: for a few ids to the sessions themselves, for one user to that user's index, for everything
/// else to the directory. All three include every acknowledged change.
/// </summary>
[StatelessWorker]
[Reentrant]
internal sealed class SessionSearchGrain(SessionDirectorySearch directory, TimeProvider clock) : Grain, ISessionSearchGrain
{
    private const int MaxIdsToAsk = 50;

    /// <inheritdoc/>
    public async Task<SessionPage> SearchAsync(Caller caller, SessionQuery query)
    {
        SearchRules.Ensure(query);
        if (query.Filters.Any(filter => filter is SessionFilter.InState { State: SessionState.Terminated }))
        {
            return await directory.SearchAsync(caller, query);
        }

        if (query.Filters.OfType<SessionFilter.Ids>().FirstOrDefault() is { } ids && ids.Values.Length <= MaxIdsToAsk)
        {
            var found = await Task.WhenAll(
                ids.Values.Distinct().Select(id => GrainFactory.GetGrain<ISessionLifecycle>(GrainKeys.Session(id)).FindAsync())
            );
            return SessionMatching.Page(found.OfType<FoundSession>(), caller, query, clock.GetMicroNow());
        }

        if (query.Filters.OfType<SessionFilter.User>().FirstOrDefault() is { } user)
        {
            return await GrainFactory.GetGrain<IUserSessionsGrain>(GrainKeys.User(user.UserId)).SearchAsync(caller, query);
        }

        return await directory.SearchAsync(caller, query);
    }
}
