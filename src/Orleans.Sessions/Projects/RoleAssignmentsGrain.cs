using System.Collections.Immutable;
using Orleans.Concurrency;
using Orleans.Sessions.Listing;
using Orleans.Sessions.Storage;

namespace Orleans.Sessions.Projects;

/// <inheritdoc cref="IRoleAssignmentsGrain"/>
[StatelessWorker]
[Reentrant]
[GrainType("role-assignments")]
internal sealed class RoleAssignmentsGrain(IRoleAssignmentDirectory directory, SearchGate gate) : Grain, IRoleAssignmentsGrain
{
    private IProjectsGrain Projects => GrainFactory.GetGrain<IProjectsGrain>(GrainKeys.Instance);

    /// <inheritdoc/>
    public async Task<RoleAssignmentPage> SearchAsync(Caller caller, RoleAssignmentQuery query)
    {
        if (query.Limit is < 1 or > RoleAssignmentQuery.MaxLimit || query.Offset < 0)
        {
            throw new SessionException(SessionErrors.LimitExceeded);
        }

        var visibility = VisibilityOf(caller);
        var stored = query with { Filters = [.. await Task.WhenAll(query.Filters.Select(AsStoredAsync)), .. Readable(caller, query)] };
        var page = await RunAsync(() =>
            gate.SearchAsync(
                visibility,
                () => directory.SearchAsync(stored, visibility, CancellationToken.None),
                query.ExactTotal,
                () => directory.CountAsync(stored, visibility, CancellationToken.None)
            )
        );
        var projects = await Task.WhenAll(
            page.Rows.Select(row => row.ProjectId).Distinct(StringComparer.Ordinal).Select(Projects.FindAsync)
        );
        var byId = projects.OfType<Project>().ToDictionary(project => project.Id, StringComparer.Ordinal);

        var rows = page
            .Rows.Select(row => RoleAssignmentRules.Listed(row, byId.GetValueOrDefault(row.ProjectId)))
            .OfType<RoleAssignmentRow>()
            .Select(row => MayRead(caller, row) ? row : row with { LoginName = "", DisplayName = "" });
        return new RoleAssignmentPage([.. rows], [.. byId.Values], page.Total) { IsTotalExact = page.IsTotalExact };
    }

    /// <inheritdoc/>
    public async Task<string?> LocateAsync(Caller caller, Permission permission, string id)
    {
        if (!MaySomewhere(caller, permission) && !(permission == Permission.UserGrantDelete && MaySomewhere(caller, Permission.UserWrite)))
        {
            throw new SessionException(SessionErrors.PermissionMissing);
        }

        var userId = await RunAsync(() => Task.Run(() => directory.FindUserAsync(id, CancellationToken.None)));
        if (userId is null)
        {
            caller.Require(permission);
        }

        return userId;
    }

    /// <summary>The condition in the form that the database can answer: it does not know the names of projects.</summary>
    private async Task<RoleAssignmentFilter> AsStoredAsync(RoleAssignmentFilter filter)
    {
        if (filter is not RoleAssignmentFilter.ProjectName named)
        {
            return filter;
        }

        var projects = await Projects.ListAsync(Caller.InCluster);
        return new RoleAssignmentFilter.OfProjects([
            .. projects.Where(project => TextMatch.Is(project.Name, named.Value, named.Method)).Select(project => project.Id),
        ]);
    }

    private static bool MaySomewhere(Caller caller, Permission permission) =>
        caller.May(permission) || caller.OrganizationPermissions.Any(granted => granted.Permissions.HasFlag(permission));

    private static bool MayRead(Caller caller, RoleAssignmentRow row) =>
        row.UserId == caller.UserId || caller.May(Permission.UserRead, row.UserOrganizationId);

    /// <summary>A search by the names of people finds only people whose names the caller may read.</summary>
    private static ImmutableArray<RoleAssignmentFilter> Readable(Caller caller, RoleAssignmentQuery query) =>
        caller.May(Permission.UserRead)
        || !query.Filters.Any(filter => filter is RoleAssignmentFilter.LoginName or RoleAssignmentFilter.DisplayName)
            ? []
            :
            [
                new RoleAssignmentFilter.ReadableUsers(
                    caller.UserId,
                    [
                        .. caller
                            .OrganizationPermissions.Where(granted => granted.Permissions.HasFlag(Permission.UserRead))
                            .Select(granted => granted.OrganizationId),
                    ]
                ),
            ];

    private static Visibility VisibilityOf(Caller caller) =>
        new()
        {
            Everything = caller.May(Permission.UserGrantRead),
            CallerId = caller.UserId,
            Organizations =
            [
                .. caller
                    .OrganizationPermissions.Where(granted => granted.Permissions.HasFlag(Permission.UserGrantRead))
                    .Select(granted => granted.OrganizationId),
            ],
        };

    private static async Task<T> RunAsync<T>(Func<Task<T>> search)
    {
        try
        {
            return await search();
        }
        catch (StoreUnavailableException)
        {
            throw new SessionException(SessionErrors.StorageAway);
        }
    }
}
