using Orleans.Concurrency;
using Orleans.Sessions.State;
using Orleans.Sessions.Storage;
using Orleans.Sessions.Users;

namespace Orleans.Sessions.Listing;

/// <inheritdoc cref="IUserSearchGrain"/>
[StatelessWorker]
[Reentrant]
internal sealed class UserSearchGrain(IUserDirectory directory, SearchGate gate, StateSerializer serializer, TimeProvider clock)
    : Grain,
        IUserSearchGrain
{
    /// <inheritdoc/>
    public async Task<UserPage> SearchAsync(Caller caller, UserQuery query)
    {
        SearchRules.Ensure(query);
        var visibility = VisibilityOf(caller);

        // Users may read themselves, but only administrators may read the metadata.
        var searched = SearchRules.AsksForMetadata(query.Filters) ? visibility with { CallerId = "" } : visibility;
        try
        {
            var stored = query with { Filters = [.. query.Filters.Select(NameFilters.AsStored)] };
            var page = await gate.SearchAsync(
                visibility,
                () => directory.SearchAsync(stored, searched, CancellationToken.None),
                query.ExactTotal,
                () => directory.CountAsync(stored, searched, CancellationToken.None)
            );
            var views = page.Rows.Select(row => UserRules.View(serializer.Deserialize<UserRecord>(row.Span)));
            return new UserPage([.. views], page.Total, clock.GetMicroNow()) { IsTotalExact = page.IsTotalExact };
        }
        catch (StoreUnavailableException)
        {
            throw new SessionException(SessionErrors.StorageAway);
        }
    }

    private static Visibility VisibilityOf(Caller caller) =>
        new()
        {
            Everything = caller.May(Permission.UserRead),
            CallerId = caller.UserId,
            Organizations =
            [
                .. caller
                    .OrganizationPermissions.Where(granted => granted.Permissions.HasFlag(Permission.UserRead))
                    .Select(granted => granted.OrganizationId),
            ],
        };
}
