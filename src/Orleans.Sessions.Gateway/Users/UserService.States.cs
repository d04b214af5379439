using Grpc.Core;
using Orleans.Sessions.Gateway.Calls;
using Orleans.Sessions.Protocol.UserV2;

namespace Orleans.Sessions.Gateway.Users;

/// <content>Locking and deactivating users, and the reverse.</content>
internal sealed partial class UserService
{
    public override async Task<LockUserResponse> LockUser(LockUserRequest request, ServerCallContext context) =>
        new() { Details = UserResponses.Details(await grains.User(request.UserId).LockAsync(context.Caller())) };

    public override async Task<UnlockUserResponse> UnlockUser(UnlockUserRequest request, ServerCallContext context) =>
        new() { Details = UserResponses.Details(await grains.User(request.UserId).UnlockAsync(context.Caller())) };

    public override async Task<DeactivateUserResponse> DeactivateUser(DeactivateUserRequest request, ServerCallContext context) =>
        new() { Details = UserResponses.Details(await grains.User(request.UserId).DeactivateAsync(context.Caller())) };

    public override async Task<ReactivateUserResponse> ReactivateUser(ReactivateUserRequest request, ServerCallContext context) =>
        new() { Details = UserResponses.Details(await grains.User(request.UserId).ReactivateAsync(context.Caller())) };
}
