using Grpc.Core;
using Orleans.Sessions.Gateway.Calls;
using Orleans.Sessions.Protocol.UserV2;

namespace Orleans.Sessions.Gateway.Users;

/// <content>E-mail address and phone number.</content>
internal sealed partial class UserService
{
    public override async Task<SetEmailResponse> SetEmail(SetEmailRequest request, ServerCallContext context) => new()
    {
        Details = UserResponses.Details(await User(request.UserId).SetEmailAsync(context.Caller(), UserRequests.Email(request))),
    };

    public override async Task<SetPhoneResponse> SetPhone(SetPhoneRequest request, ServerCallContext context)
    {
        var command = new UpdateUser { Caller = context.Caller(), Phone = UserRequests.Phone(request) };
        return new SetPhoneResponse { Details = UserResponses.Details(await User(request.UserId).UpdateAsync(command)) };
    }

    public override async Task<RemovePhoneResponse> RemovePhone(RemovePhoneRequest request, ServerCallContext context) => new()
    {
        Details = UserResponses.Details(await User(request.UserId).RemovePhoneAsync(context.Caller())),
    };
}
