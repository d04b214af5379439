using Grpc.Core;
using Orleans.Sessions.Gateway.Calls;
using Orleans.Sessions.Protocol.UserV2;

namespace Orleans.Sessions.Gateway.Users;

/// <content>E-mail address, phone number and invitation.</content>
internal sealed partial class UserService
{
    public override async Task<SetEmailResponse> SetEmail(SetEmailRequest request, ServerCallContext context)
    {
        var email = new EmailAddress(request.Email, request.IsVerified);
        var issued = await grains
            .User(request.UserId)
            .SetEmailAsync(
                context.Caller(),
                email,
                CodeRequests.Of(request),
                request.HasEndOtherSessions ? request.EndOtherSessions : null
            );
        return UserResponses.WithCode(
            new SetEmailResponse { Details = UserResponses.Details(issued.Details) },
            issued.Code,
            (response, code) => response.VerificationCode = code
        );
    }

    public override async Task<ResendEmailCodeResponse> ResendEmailCode(ResendEmailCodeRequest request, ServerCallContext context)
    {
        var issued = await grains.User(request.UserId).SendEmailCodeAsync(context.Caller(), CodeRequests.Of(request), again: true);
        return UserResponses.WithCode(
            new ResendEmailCodeResponse { Details = UserResponses.Details(issued.Details) },
            issued.Code,
            (response, code) => response.VerificationCode = code
        );
    }

    public override async Task<SendEmailCodeResponse> SendEmailCode(SendEmailCodeRequest request, ServerCallContext context)
    {
        var issued = await grains.User(request.UserId).SendEmailCodeAsync(context.Caller(), CodeRequests.Of(request), again: false);
        return UserResponses.WithCode(
            new SendEmailCodeResponse { Details = UserResponses.Details(issued.Details) },
            issued.Code,
            (response, code) => response.VerificationCode = code
        );
    }

    public override async Task<VerifyEmailResponse> VerifyEmail(VerifyEmailRequest request, ServerCallContext context) =>
        new()
        {
            Details = UserResponses.Details(await grains.User(request.UserId).VerifyEmailAsync(context.Caller(), request.VerificationCode)),
        };

    public override async Task<SetPhoneResponse> SetPhone(SetPhoneRequest request, ServerCallContext context)
    {
        var command = new UpdateUser
        {
            Caller = context.Caller(),
            Phone = new PhoneNumber(request.Phone, request.IsVerified),
            PhoneCode = CodeRequests.Of(request),
            EndOtherSessions = request.HasEndOtherSessions ? request.EndOtherSessions : null,
        };
        var change = await grains.User(request.UserId).UpdateAsync(command);
        return UserResponses.WithCode(
            new SetPhoneResponse { Details = UserResponses.Details(change.Details) },
            change.PhoneCode,
            (response, code) => response.VerificationCode = code
        );
    }

    public override async Task<RemovePhoneResponse> RemovePhone(RemovePhoneRequest request, ServerCallContext context) =>
        new()
        {
            Details = UserResponses.Details(
                await grains
                    .User(request.UserId)
                    .RemovePhoneAsync(context.Caller(), request.HasEndOtherSessions ? request.EndOtherSessions : null)
            ),
        };

    public override async Task<ResendPhoneCodeResponse> ResendPhoneCode(ResendPhoneCodeRequest request, ServerCallContext context)
    {
        var issued = await grains.User(request.UserId).ResendPhoneCodeAsync(context.Caller(), CodeRequests.Of(request));
        return UserResponses.WithCode(
            new ResendPhoneCodeResponse { Details = UserResponses.Details(issued.Details) },
            issued.Code,
            (response, code) => response.VerificationCode = code
        );
    }

    public override async Task<VerifyPhoneResponse> VerifyPhone(VerifyPhoneRequest request, ServerCallContext context) =>
        new()
        {
            Details = UserResponses.Details(await grains.User(request.UserId).VerifyPhoneAsync(context.Caller(), request.VerificationCode)),
        };

    public override async Task<CreateInviteCodeResponse> CreateInviteCode(CreateInviteCodeRequest request, ServerCallContext context)
    {
        var issued = await grains.User(request.UserId).CreateInviteCodeAsync(context.Caller(), CodeRequests.Of(request));
        return UserResponses.WithCode(
            new CreateInviteCodeResponse { Details = UserResponses.Details(issued.Details) },
            issued.Code,
            (response, code) => response.InviteCode = code
        );
    }

    public override async Task<ResendInviteCodeResponse> ResendInviteCode(ResendInviteCodeRequest request, ServerCallContext context) =>
        new() { Details = UserResponses.Details(await grains.User(request.UserId).ResendInviteCodeAsync(context.Caller())) };

    public override async Task<VerifyInviteCodeResponse> VerifyInviteCode(VerifyInviteCodeRequest request, ServerCallContext context) =>
        new()
        {
            Details = UserResponses.Details(
                await grains.User(request.UserId).VerifyInviteCodeAsync(context.Caller(), request.VerificationCode)
            ),
        };
}
