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
            var page = await gate.SearchAsync(
                visibility,
                () => directory.SearchAsync(query, visibility, CancellationToken.None),
                query.ExactTotal,
                () => directory.CountAsync(query, visibility, CancellationToken.None)
            );
            var views = page.Rows.Select(row =>
            {
                var session = serializer.Deserialize<SessionRecord>(row.Payload.Span);
                return SessionMatching.Shown(SessionRules.View(row, session), session, query);
            });
            return new SessionPage([.. views], page.Total, clock.GetMicroNow()) { IsTotalExact = page.IsTotalExact };
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
