using Orleans.Sessions.Sessions;
using Orleans.Sessions.State;
using Orleans.Sessions.Storage;

namespace Orleans.Sessions.Listing;

/// <summary>Searches the directory of sessions for a caller when its turn comes, and returns what the caller may see.</summary>
internal sealed class SessionDirectorySearch(ISessionDirectory directory, SearchGate gate, StateSerializer serializer, TimeProvider clock)
{
    /// <summary>Like <see cref="ISessionSearchGrain.SearchAsync"/>, for any search.</summary>
    public async Task<SessionPage> SearchAsync(Caller caller, SessionQuery query)
    {
        var visibility = VisibilityOf(caller);
        try
        {
            // The database does not know whether a factor is proved. SearchRules permits this condition only for the sessions of a user.
            var known = query with { Filters = query.Filters.RemoveAll(filter => filter is SessionFilter.Proved) };
            var page = await gate.SearchAsync(
                visibility,
                () => directory.SearchAsync(known, visibility, CancellationToken.None),
                known.ExactTotal,
                () => directory.CountAsync(known, visibility, CancellationToken.None)
            );
            var now = clock.GetMicroNow();
            var views = page
                .Rows.Select(row => (Row: row, Session: serializer.Deserialize<SessionRecord>(row.Payload.Span)))
                .Where(found => SessionMatching.IsAsProved(found.Session, query))
                .Select(found => SessionMatching.Shown(SessionRules.View(found.Row, found.Session), found.Session, query, now));
            return new SessionPage([.. views], page.Total, now) { IsTotalExact = page.IsTotalExact };
        }
        catch (StoreUnavailableException)
        {
            throw new SessionException(SessionErrors.StorageAway);
        }
    }

    private static Visibility VisibilityOf(Caller caller) =>
        new()
        {
            Everything = caller.May(Permission.SessionRead),
            CallerId = caller.UserId,
            AgentId = caller.AgentId,
            Organizations =
            [
                .. caller
                    .OrganizationPermissions.Where(granted => granted.Permissions.HasFlag(Permission.SessionRead))
                    .Select(granted => granted.OrganizationId),
            ],
        };
}
