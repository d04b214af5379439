using Grpc.Core;
using Orleans.Sessions.Gateway.Calls;
using Orleans.Sessions.Gateway.Cluster;
using Orleans.Sessions.Gateway.Limits;
using Orleans.Sessions.Gateway.Origins;
using Orleans.Sessions.Protocol.UserV2;

namespace Orleans.Sessions.Gateway.Users;

/// <summary>
/// The user service of the contract, as far as sessions need it. It converts messages to grain calls and back, and decides nothing
/// itself. Methods that neither this part nor the other parts override answer UNIMPLEMENTED.
/// </summary>
internal sealed partial class UserService(Grains grains, IdGenerator ids, TimeProvider clock, PublicOrigin origin, SessionLimits limits)
    : Protocol.UserV2.UserService.UserServiceBase
{
    public override async Task<AddHumanUserResponse> AddHumanUser(AddHumanUserRequest request, ServerCallContext context)
    {
        var caller = context.Caller();
        var id = request.HasUserId ? request.UserId : await ids.NextAsync();
        var command = UserRequests.Create(request, caller, OrganizationOf(request.Organization, caller, context)) with
        {
            RequestId = NewRequestId(),
        };
        context.AnnounceDeadline(clock);
        var change = await grains.CallOnceAsync(() => grains.User(id).CreateAsync(command), context.CancellationToken);
        return UserResponses.WithCodes(
            new AddHumanUserResponse { UserId = id, Details = UserResponses.Details(change.Details) },
            change,
            (response, code) => response.EmailCode = code,
            (response, code) => response.PhoneCode = code
        );
    }

    public override async Task<CreateUserResponse> CreateUser(CreateUserRequest request, ServerCallContext context)
    {
        var id = request.HasUserId ? request.UserId : await ids.NextAsync();
        var command = UserRequests.Create(request, context.Caller()) with { RequestId = NewRequestId() };
        context.AnnounceDeadline(clock);
        var change = await grains.CallOnceAsync(() => grains.User(id).CreateAsync(command), context.CancellationToken);
        return UserResponses.WithCodes(
            new CreateUserResponse { Id = id, CreationDate = Timestamps.Of(change.Details.CreationDate) },
            change,
            (response, code) => response.EmailCode = code,
            (response, code) => response.PhoneCode = code
        );
    }

    public override async Task<GetUserByIDResponse> GetUserByID(GetUserByIDRequest request, ServerCallContext context)
    {
        var caller = context.Caller();
        var view = await grains.CallAsync(() => grains.User(request.UserId).GetAsync(caller), context.CancellationToken);
        return new GetUserByIDResponse { Details = UserResponses.Details(view.Details), User = UserResponses.User(view) };
    }

    public override async Task<ListUsersResponse> ListUsers(ListUsersRequest request, ServerCallContext context)
    {
        var caller = context.Caller();
        var query = UserSearchRequests.Query(request) with { ExactTotal = CountPreference.IsExact(context.Request()) };
        var page = await grains.CallOnceAsync(() => grains.UserSearch.SearchAsync(caller, query), context.CancellationToken);
        return UserResponses.List(page, request.SortingColumn);
    }

    public override async Task<UpdateHumanUserResponse> UpdateHumanUser(UpdateHumanUserRequest request, ServerCallContext context)
    {
        context.AnnounceDeadline(clock);
        var change = await grains.User(request.UserId).UpdateAsync(UserRequests.Update(request, context.Caller()));
        return UserResponses.WithCodes(
            new UpdateHumanUserResponse { Details = UserResponses.Details(change.Details) },
            change,
            (response, code) => response.EmailCode = code,
            (response, code) => response.PhoneCode = code
        );
    }

    public override async Task<UpdateUserResponse> UpdateUser(UpdateUserRequest request, ServerCallContext context)
    {
        context.AnnounceDeadline(clock);
        var change = await grains.User(request.UserId).UpdateAsync(UserRequests.Update(request, context.Caller()));
        return UserResponses.WithCodes(
            new UpdateUserResponse { ChangeDate = Timestamps.Of(change.Details.ChangeDate) },
            change,
            (response, code) => response.EmailCode = code,
            (response, code) => response.PhoneCode = code
        );
    }

    public override async Task<DeleteUserResponse> DeleteUser(DeleteUserRequest request, ServerCallContext context) =>
        new() { Details = UserResponses.Details(await grains.User(request.UserId).DeleteAsync(context.Caller())) };

    /// <summary>
    /// The organization of a request: the named one, the one in <c>x-zitadel-orgid</c>, or the caller's. Domains do not name an
    /// organization here.
    /// </summary>
    private static string? OrganizationOf(Protocol.ObjectV2.Organization? organization, Caller caller, ServerCallContext context) =>
        organization switch
        {
            { OrgCase: Protocol.ObjectV2.Organization.OrgOneofCase.OrgId } => organization.OrgId,
            { OrgCase: Protocol.ObjectV2.Organization.OrgOneofCase.OrgDomain } => throw new SessionException(
                SessionErrors.OrganizationUnknown
            ),
            _ when context.RequestHeaders.GetValue("x-zitadel-orgid") is { Length: > 0 } named => named,
            _ => caller.OrganizationId.Length > 0 ? caller.OrganizationId : null,
        };

    private static string NewRequestId() => Guid.NewGuid().ToString("N");
}
