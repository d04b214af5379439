using System.Collections.Immutable;
using Orleans.Sessions.Storage;

namespace Orleans.Sessions.Organizations;

/// <content>The states of the organizations.</content>
internal sealed partial class OrganizationsGrain
{
    /// <inheritdoc/>
    public async Task<DateTimeOffset> BeginAsync(string id, OrganizationState state)
    {
        var (missing, already, refusal) = ErrorsOf(state);
        var known = await ReadAsync();
        if (id == DefaultId)
        {
            throw new SessionException(refusal);
        }

        if (known.Organizations.FirstOrDefault(organization => organization.Id == id) is not { } organization)
        {
            throw new SessionException(missing);
        }

        if (organization is { IsSettling: true, ChangedAt: { } begunAt } && StateOf(organization) == state)
        {
            return begunAt;
        }

        if (organization.State == OrganizationState.Removed)
        {
            throw new SessionException(missing);
        }

        if (organization.IsSettling is not true)
        {
            await EnsureMayFollowAsync(organization, state, missing, already);
        }

        if (state != OrganizationState.Active && await HasAllOwnersAsync(id))
        {
            throw new SessionException(SessionErrors.LastOwner);
        }

        return await ChangeAsync(known, organization, organization with { State = state, IsSettling = true });
    }

    /// <inheritdoc/>
    public async Task<OrganizationState?> TargetAsync(string id) =>
        (await ReadAsync()).Organizations.FirstOrDefault(organization => organization is { IsSettling: true } && organization.Id == id)
            is { } organization
            ? StateOf(organization)
            : null;

    /// <inheritdoc/>
    public async Task SettledAsync(string id, OrganizationState state)
    {
        var known = await ReadAsync();
        if (
            known.Organizations.FirstOrDefault(organization => organization.Id == id) is not { IsSettling: true } organization
            || StateOf(organization) != state
        )
        {
            return;
        }

        if (state == OrganizationState.Removed)
        {
            await _state.ReplaceAsync(known with { Organizations = known.Organizations.Remove(organization) });
        }
        else
        {
            await WriteAsync(known, organization, organization with { IsSettling = null });
        }
    }

    /// <inheritdoc/>
    public async Task RevertAsync(string id)
    {
        var known = await ReadAsync();
        if (known.Organizations.FirstOrDefault(organization => organization.Id == id) is { } organization)
        {
            var active = organization with { State = OrganizationState.Active, IsSettling = true };
            await ChangeAsync(known, organization, active, reason: "last_owner");
        }
    }

    /// <inheritdoc/>
    public async Task<ImmutableArray<string>> ListOpenAsync() =>
        [
            DefaultId,
            .. (await ReadAsync())
                .Organizations.Where(organization => StateOf(organization) == OrganizationState.Active)
                .Select(organization => organization.Id),
        ];

    /// <inheritdoc/>
    public async Task<IReadOnlyList<string>> ListUnsettledAsync() =>
        [
            .. (await ReadAsync())
                .Organizations.Where(organization => organization is { IsSettling: true })
                .Select(organization => organization.Id),
        ];

    /// <summary>Whether nobody outside of the organization could administer the installation.</summary>
    private async Task<bool> HasAllOwnersAsync(string id)
    {
        try
        {
            // SQLite works on the calling thread, which must not be a grain's thread.
            return await Task.Run(() => _users.OrganizationsOfOwnersAsync(limit: 2, CancellationToken.None)) is [var only] && only == id;
        }
        catch (StoreUnavailableException)
        {
            throw new SessionException(SessionErrors.StorageAway);
        }
    }

    private static OrganizationState StateOf(StoredOrganization organization) => organization.State ?? OrganizationState.Active;

    private static (SessionError Missing, SessionError Already, SessionError OfDefault) ErrorsOf(OrganizationState state) =>
        state switch
        {
            OrganizationState.Inactive => (
                SessionErrors.DeactivateOrganizationNotFound,
                SessionErrors.OrganizationAlreadyInactive,
                SessionErrors.DefaultOrganizationStaysActive
            ),
            OrganizationState.Removed => (
                SessionErrors.DeleteOrganizationNotFound,
                SessionErrors.DeleteOrganizationNotFound,
                SessionErrors.DefaultOrganizationNotDeletable
            ),
            _ => (
                SessionErrors.ActivateOrganizationNotFound,
                SessionErrors.OrganizationAlreadyActive,
                SessionErrors.OrganizationAlreadyActive
            ),
        };

    /// <summary>
    /// A node of an earlier version that writes the organizations loses their states. What the organization's own grain has recorded is
    /// what its people have. So a change is refused only if both have the state already, and otherwise writes the entry again.
    /// </summary>
    private async Task EnsureMayFollowAsync(
        StoredOrganization organization,
        OrganizationState state,
        SessionError missing,
        SessionError already
    )
    {
        var own = await OwnStateAsync(organization.Id);
        if (own == OrganizationState.Removed && state != OrganizationState.Removed)
        {
            throw new SessionException(missing);
        }

        if (own == state && StateOf(organization) == state)
        {
            throw new SessionException(already);
        }
    }

    private Task<OrganizationState> OwnStateAsync(string id) =>
        GrainFactory.GetGrain<IOrganizationStanding>(GrainKeys.Organization(id)).StateAsync();

    /// <summary>The id of a deleted organization is not used again: whoever knows it would take another organization for it.</summary>
    private async Task EnsureNeverRemovedAsync(string id)
    {
        if (await OwnStateAsync(id) == OrganizationState.Removed)
        {
            throw new SessionException(SessionErrors.OrganizationTaken);
        }
    }
}
