using System.Collections.Immutable;
using Orleans.Runtime;
using Orleans.Sessions.Organizations;
using Orleans.Sessions.State;
using Orleans.Sessions.States;
using Orleans.Sessions.Users;

namespace Orleans.Sessions.Projects;

/// <inheritdoc cref="IUserRolesGrain"/>
[GrainType("user-roles")]
[CollectionAgeLimit(Minutes = 5)]
internal sealed partial class UserRolesGrain : Grain, IUserRolesGrain
{
    private static readonly UserRolesRecord s_empty = new();

    private readonly TimeProvider _clock;
    private readonly DurableState<UserRolesRecord> _state;

    /// <summary>Called by the runtime.</summary>
    public UserRolesGrain(IGrainContext context, StateServices state, TimeProvider clock)
    {
        _clock = clock;
        _state = new(StateNames.UserRoles, context, state);
    }

    private IProjectsGrain Projects => GrainFactory.GetGrain<IProjectsGrain>(GrainKeys.Instance);

    private IUserAuthority Authority => GrainFactory.GetGrain<IUserAuthority>(this.GetPrimaryKeyString());

    private IUserFactors User => GrainFactory.GetGrain<IUserFactors>(this.GetPrimaryKeyString());

    /// <inheritdoc/>
    public async Task<RoleAssignment> AssignAsync(
        Caller caller,
        string id,
        string projectId,
        string? organizationId,
        ImmutableArray<string> roleKeys
    )
    {
        var (standing, known, given) = await GivenAsync(caller, id, projectId, organizationId, roleKeys);
        var assigned =
            known is null ? await AddAsync(standing, given)
            : known.Id == id && known.Roles.SequenceEqual(given.Roles) ? known
            : throw new SessionException(SessionErrors.RoleAssignmentExists);
        return await StayingAsync(assigned, SessionErrors.UserNotFound, SessionErrors.ProjectUnknown);
    }

    /// <inheritdoc/>
    public async Task<RoleAssignment> SetAsync(
        Caller caller,
        string id,
        string projectId,
        string? organizationId,
        ImmutableArray<string> roleKeys
    )
    {
        var (standing, known, given) = await GivenAsync(caller, id, projectId, organizationId, roleKeys);
        var assigned =
            known is null ? await AddAsync(standing, given)
            : !known.IsInactive && known.Roles.SequenceEqual(given.Roles) ? known
            : await ReplaceAsync(standing, known, known with { Roles = given.Roles, IsInactive = false });
        return await StayingAsync(assigned, SessionErrors.UserNotFound, SessionErrors.ProjectUnknown);
    }

    /// <inheritdoc/>
    public async Task<RoleAssignment> UpdateAsync(Caller caller, string id, ImmutableArray<string> roleKeys)
    {
        var (standing, known) = await FindAsync(caller, Permission.UserGrantWrite, id);
        var project = known is null ? null : await Projects.FindAsync(known.ProjectId);
        if (known is null || project is null)
        {
            throw new SessionException(SessionErrors.RoleAssignmentUnknown);
        }

        await EnsureOpenAsync(project, known.OrganizationId);
        var roles = RoleAssignmentRules.Given(project, known.OrganizationId, roleKeys);
        var updated = roles.SequenceEqual(known.Roles) ? known : await ReplaceAsync(standing, known, known with { Roles = roles });
        return await StayingAsync(updated, SessionErrors.RoleAssignmentUnknown, SessionErrors.RoleAssignmentUnknown);
    }

    /// <inheritdoc/>
    public async Task<RoleAssignment> SetActiveAsync(Caller caller, string id, bool isActive)
    {
        var (standing, known) = await FindAsync(caller, Permission.UserGrantWrite, id);
        var project = known is null ? null : await Projects.FindAsync(known.ProjectId);
        if (known is null || project is null)
        {
            throw new SessionException(SessionErrors.RoleAssignmentUnknown);
        }

        await EnsureOpenAsync(project, known.OrganizationId);
        if (known.IsInactive != isActive)
        {
            throw new SessionException(isActive ? SessionErrors.RoleAssignmentActiveAlready : SessionErrors.RoleAssignmentInactiveAlready);
        }

        var changed = await ReplaceAsync(standing, known, known with { IsInactive = !isActive });
        return await StayingAsync(changed, SessionErrors.RoleAssignmentUnknown, SessionErrors.RoleAssignmentUnknown);
    }

    /// <inheritdoc/>
    public async Task<DateTimeOffset?> RemoveAsync(Caller caller, string id)
    {
        var standing = await StandingAsync();
        var known = standing.FirstOrDefault(assignment => assignment.Id == id);
        return await RemoveAsync(caller, known?.OrganizationId, standing, known);
    }

    /// <inheritdoc/>
    public async Task<DateTimeOffset?> RemoveOfProjectAsync(Caller caller, string projectId, string? organizationId)
    {
        var standing = await StandingAsync();
        if (standing.IsEmpty)
        {
            this.Forget();
        }

        var giver = organizationId ?? (await Projects.FindAsync(projectId))?.OrganizationId;
        var known = standing.FirstOrDefault(assignment => assignment.ProjectId == projectId && assignment.OrganizationId == giver);
        return await RemoveAsync(caller, giver, standing, known);
    }

    /// <summary>
    /// What the organization would give, the authorizations that count, and the one among them that it has given for the project already.
    /// Fails as <see cref="AssignAsync"/>.
    /// </summary>
    private async Task<(ImmutableArray<RoleAssignment> Standing, RoleAssignment? Known, RoleAssignment Given)> GivenAsync(
        Caller caller,
        string id,
        string projectId,
        string? organizationId,
        ImmutableArray<string> roleKeys
    )
    {
        if (organizationId is not null)
        {
            caller.Require(Permission.UserGrantWrite, organizationId);
        }

        var project = await Projects.FindAsync(projectId);
        var giver = organizationId ?? project?.OrganizationId;
        caller.Require(Permission.UserGrantWrite, giver);
        var grant = project?.FindGrant(giver!);
        if (project is null || (giver != project.OrganizationId && grant is null))
        {
            throw new SessionException(SessionErrors.ProjectUnknown);
        }

        await EnsureOpenAsync(project, giver!);
        await EnsureUserAsync(caller);
        var roles = RoleAssignmentRules.Given(project, giver!, roleKeys);
        var standing = await StandingAsync();
        var now = _clock.GetMicroNow();
        return (
            standing,
            standing.FirstOrDefault(known => known.ProjectId == projectId && known.OrganizationId == giver),
            new RoleAssignment
            {
                Id = id,
                ProjectId = projectId,
                ProjectCreatedAt = project.CreatedAt,
                OrganizationId = giver!,
                GrantCreatedAt = giver == project.OrganizationId ? null : grant!.CreatedAt,
                Roles = roles,
                CreatedAt = now,
                ChangedAt = now,
            }
        );
    }

    private async Task<RoleAssignment> AddAsync(ImmutableArray<RoleAssignment> standing, RoleAssignment given)
    {
        if (standing.Length >= IUserRolesGrain.MaxAssignments)
        {
            throw new SessionException(SessionErrors.TooManyRoleAssignments);
        }

        await _state.ReplaceAsync(new UserRolesRecord { Assignments = standing.Add(given) });
        return given;
    }

    /// <summary>Takes away what <paramref name="giver"/> has given, if the caller may. Returns when.</summary>
    private async Task<DateTimeOffset?> RemoveAsync(
        Caller caller,
        string? giver,
        ImmutableArray<RoleAssignment> standing,
        RoleAssignment? known
    )
    {
        if (!caller.May(Permission.UserGrantDelete, giver))
        {
            await EnsureMayChangeUserAsync(caller);
        }

        if (known is null)
        {
            return null;
        }

        await _state.ReplaceAsync(new UserRolesRecord { Assignments = standing.Remove(known) });

        // Authorizations that have lost a role meanwhile are written anew, which must not bring them back to a user who is gone.
        await HasUserAsync();
        return _clock.GetMicroNow();
    }

    /// <summary>
    /// The authorizations that count, and the one with this id; <c>null</c> if there is none and the caller has the permission on the
    /// instance.
    /// </summary>
    private async Task<(ImmutableArray<RoleAssignment> Standing, RoleAssignment? Known)> FindAsync(
        Caller caller,
        Permission permission,
        string id
    )
    {
        var standing = await StandingAsync();
        var known = standing.FirstOrDefault(assignment => assignment.Id == id);
        caller.Require(permission, known?.OrganizationId);
        return (standing, known);
    }

    private async Task<RoleAssignment> ReplaceAsync(ImmutableArray<RoleAssignment> standing, RoleAssignment known, RoleAssignment next)
    {
        next = next with { ChangedAt = _clock.GetMicroNow() };
        await _state.ReplaceAsync(new UserRolesRecord { Assignments = standing.Replace(known, next) });
        return next;
    }

    /// <summary>
    /// Fails with <c>QUERY-Dfbg2</c> if there is no such user. A caller who may not read the user fails with <c>AUTH-AWfge</c>, whether
    /// there is one or not.
    /// </summary>
    private async Task EnsureUserAsync(Caller caller)
    {
        try
        {
            await Authority.EnsureMayAsync(caller, Permission.UserRead);
        }
        catch (SessionException)
        {
            this.Forget();
            throw;
        }
    }

    /// <summary>
    /// A caller who may change the user may take away what other organizations have given. Fails with <c>AUTH-AWfge</c>. It is not enough
    /// that the user is the caller.
    /// </summary>
    private async Task EnsureMayChangeUserAsync(Caller caller)
    {
        var user = await User.TryIdentifyAsync();
        caller.Require(Permission.UserWrite, user?.OrganizationId);
        if (user is not null)
        {
            await Authority.EnsureMayAsync(caller, Permission.UserWrite);
        }
    }

    /// <summary>Fails with <c>PROJECT-Org02</c> unless the owner of the project, and the organization that gives roles, are open.</summary>
    private async Task EnsureOpenAsync(Project project, string organizationId)
    {
        foreach (var id in new[] { project.OrganizationId, organizationId }.Distinct(StringComparer.Ordinal))
        {
            var standing = GrainFactory.GetGrain<IOrganizationStanding>(GrainKeys.Organization(id));
            var state = await GrainCalls.RepeatIdempotentAsync(() => standing.StateAsync(), _clock, CancellationToken.None);
            if (state != OrganizationState.Active)
            {
                throw new SessionException(SessionErrors.ProjectOrganizationInactive);
            }
        }
    }

    private async ValueTask<UserRolesRecord> LoadAsync() => await _state.ReadAsync() ?? s_empty;
}
