using System.Collections.Immutable;
using Orleans.Concurrency;
using Orleans.Sessions.State;
using Orleans.Sessions.Storage;
using Orleans.Sessions.Users;

namespace Orleans.Sessions.Listing;

/// <inheritdoc cref="IAdministratorsGrain"/>
[StatelessWorker]
[Reentrant]
internal sealed class AdministratorsGrain(IUserDirectory directory, SearchGate gate, StateSerializer serializer)
    : Grain,
        IAdministratorsGrain
{
    /// <inheritdoc/>
    public async Task<ImmutableArray<AdministratorView>> ListAsync(Caller caller, ImmutableArray<string>? userIds)
    {
        var visibility = new Visibility { Everything = caller.May(Permission.MemberRead), CallerId = caller.UserId };
        if (!visibility.Everything && !caller.OrganizationPermissions.Any(there => there.Permissions.HasFlag(Permission.MemberRead)))
        {
            // Such a caller sees nobody else, so nobody else is read.
            userIds = userIds?.Contains(caller.UserId) == false ? [] : [caller.UserId];
        }

        if (userIds is { IsEmpty: true })
        {
            return [];
        }

        try
        {
            const int Limit = IAdministratorsGrain.MaxUsers + 1;
            var rows = await gate.RunAsync(visibility, () =>
                directory.WithRolesAsync(userIds, afterId: null, Limit, CancellationToken.None)
            );
            return rows.Count < Limit
                ? [.. rows.SelectMany(row => Views(serializer.Deserialize<UserRecord>(row.Span))).Where(view => MaySee(caller, view))]
                : throw new SessionException(SessionErrors.TooManyAdministrators);
        }
        catch (StoreUnavailableException)
        {
            throw new SessionException(SessionErrors.StorageAway);
        }
    }

    private static bool MaySee(Caller caller, AdministratorView view) =>
        view.UserId == caller.UserId || caller.May(Permission.MemberRead, view.OrganizationId);

    private static IEnumerable<AdministratorView> Views(UserRecord user) =>
        (user.Roles ?? []).Select(grant => new AdministratorView
        {
            UserId = user.Id,
            LoginName = user.UserName ?? "",
            DisplayName = user.Profile?.DisplayName ?? user.Machine?.Name ?? "",
            UserOrganizationId = user.OrganizationId,
            OrganizationId = grant.OrganizationId,
            Roles = grant.Roles,
            CreatedAt = grant.CreatedAt ?? user.CreatedAt,
            ChangedAt = grant.ChangedAt ?? user.ChangedAt,
        });
}
