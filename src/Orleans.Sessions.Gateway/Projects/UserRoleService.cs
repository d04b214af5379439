using System.Collections.Immutable;
using Grpc.Core;
using Orleans.Sessions.Gateway.Calls;
using Orleans.Sessions.Gateway.Cluster;
using Orleans.Sessions.Projects;
using Orleans.Sessions.Protocol.FilterV2;
using Orleans.Sessions.Protocol.RolesV1;
using Assignment = Orleans.Sessions.Projects.RoleAssignment;
using AssignmentMessage = Orleans.Sessions.Protocol.RolesV1.RoleAssignment;

namespace Orleans.Sessions.Gateway.Projects;

/// <summary>
/// The authorizations of <see cref="AuthorizationService"/>, named by person and project, and with paths for REST.
/// </summary>
internal sealed class UserRoleService(Grains grains, IdGenerator ids) : Protocol.RolesV1.UserRoleService.UserRoleServiceBase
{
    private const int DefaultLimit = 100;

    public override async Task<SetUserRolesResponse> SetUserRoles(SetUserRolesRequest request, ServerCallContext context)
    {
        var (caller, id) = (context.Caller(), await ids.NextAsync());
        ImmutableArray<string> keys = [.. request.RoleKeys];
        var assignment = await grains.CallAsync(
            () => grains.UserRoles(request.UserId).SetAsync(caller, id, request.ProjectId, Given(request.OrganizationId), keys),
            context.CancellationToken
        );
        return new SetUserRolesResponse { Assignment = Message(request.UserId, assignment) };
    }

    public override async Task<RemoveUserRolesResponse> RemoveUserRoles(RemoveUserRolesRequest request, ServerCallContext context)
    {
        var roles = grains.UserRoles(request.UserId);
        var at = await roles.RemoveOfProjectAsync(context.Caller(), request.ProjectId, Given(request.OrganizationId));
        return new RemoveUserRolesResponse { Removed = at is not null };
    }

    public override async Task<GetUserRolesResponse> GetUserRoles(GetUserRolesRequest request, ServerCallContext context)
    {
        var caller = context.Caller();
        var projects = await grains.CallAsync(() => grains.UserRoles(request.UserId).ListAsync(caller), context.CancellationToken);
        return new GetUserRolesResponse
        {
            Projects =
            {
                projects.Where(project => request.ProjectId.Length == 0 || project.ProjectId == request.ProjectId).Select(Message),
            },
        };
    }

    public override async Task<ListRoleAssignmentsResponse> ListRoleAssignments(
        ListRoleAssignmentsRequest request,
        ServerCallContext context
    )
    {
        var caller = context.Caller();
        var query = new RoleAssignmentQuery
        {
            Filters = [.. Filters(request)],
            Offset = request.Offset,
            Limit = request.Limit > 0 ? (int)Math.Min(request.Limit, int.MaxValue) : DefaultLimit,
            ExactTotal = CountPreference.IsExact(context.Request()),
        };
        var found = await grains.CallOnceAsync(() => grains.RoleAssignments.SearchAsync(caller, query), context.CancellationToken);
        return new ListRoleAssignmentsResponse
        {
            Assignments = { found.Rows.Select(Message) },
            Pagination = new PaginationResponse
            {
                TotalResult = (ulong)found.Total,
                AppliedLimit = (ulong)query.Limit,
                TotalIsExact = found.IsTotalExact,
            },
        };
    }

    private static IEnumerable<RoleAssignmentFilter> Filters(ListRoleAssignmentsRequest request)
    {
        if (request.UserId.Length > 0)
        {
            yield return new RoleAssignmentFilter.OfUsers([request.UserId]);
        }

        if (request.ProjectId.Length > 0)
        {
            yield return new RoleAssignmentFilter.OfProjects([request.ProjectId]);
        }

        if (request.OrganizationId.Length > 0)
        {
            yield return new RoleAssignmentFilter.Organization(request.OrganizationId);
        }

        if (request.RoleKey.Length > 0)
        {
            yield return new RoleAssignmentFilter.Role(request.RoleKey, TextMethod.Equals);
        }
    }

    /// <summary>The organization that a request names; <c>null</c> if it names none.</summary>
    private static string? Given(string organizationId) => organizationId.Length > 0 ? organizationId : null;

    private static UserProject Message(ProjectRoles project) =>
        new()
        {
            ProjectId = project.ProjectId,
            Roles = { project.Roles.Select(role => new UserRole { RoleKey = role.Key, OrganizationId = role.OrganizationId }) },
        };

    private static AssignmentMessage Message(string userId, Assignment assignment) =>
        new()
        {
            AssignmentId = assignment.Id,
            UserId = userId,
            ProjectId = assignment.ProjectId,
            OrganizationId = assignment.OrganizationId,
            RoleKeys = { assignment.Roles.Select(role => role.Key) },
            Inactive = assignment.IsInactive,
            CreationDate = Timestamps.Of(assignment.CreatedAt),
            ChangeDate = Timestamps.Of(assignment.ChangedAt),
        };

    private static AssignmentMessage Message(RoleAssignmentRow row) =>
        new()
        {
            AssignmentId = row.Id,
            UserId = row.UserId,
            ProjectId = row.ProjectId,
            OrganizationId = row.OrganizationId,
            RoleKeys = { row.RoleKeys },
            Inactive = row.IsInactive,
            CreationDate = Timestamps.Of(row.CreatedAt),
            ChangeDate = Timestamps.Of(row.ChangedAt),
            LoginName = row.LoginName,
            DisplayName = row.DisplayName,
        };
}
