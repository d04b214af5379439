using Grpc.Core;
using Orleans.Sessions.Gateway.Calls;
using Orleans.Sessions.Protocol.ObjectV2;
using Orleans.Sessions.Protocol.UserV2;

namespace Orleans.Sessions.Gateway.Users;

/// <content>Passwords, authenticator apps, recovery codes, and codes by SMS and e-mail.</content>
internal sealed partial class UserService
{
    public override async Task<SetPasswordResponse> SetPassword(SetPasswordRequest request, ServerCallContext context)
    {
        context.AnnounceDeadline(clock);
        return new SetPasswordResponse
        {
            Details = UserResponses.Details(
                await grains
                    .User(request.UserId)
                    .SetPasswordAsync(
                        context.Caller(),
                        UserRequests.Password(request),
                        request.HasEndOtherSessions ? request.EndOtherSessions : null
                    )
            ),
        };
    }

    public override async Task<PasswordResetResponse> PasswordReset(PasswordResetRequest request, ServerCallContext context)
    {
        var (code, channel) = CodeRequests.Of(request);
        var issued = await grains.User(request.UserId).RequestPasswordResetAsync(context.Caller(), code, channel);
        return UserResponses.WithCode(
            new PasswordResetResponse { Details = UserResponses.Details(issued.Details) },
            issued.Code,
            (response, value) => response.VerificationCode = value
        );
    }

    public override async Task<RegisterTOTPResponse> RegisterTOTP(RegisterTOTPRequest request, ServerCallContext context)
    {
        var enrolment = await grains.User(request.UserId).RegisterTotpAsync(context.Caller());
        return new RegisterTOTPResponse
        {
            Details = UserResponses.Details(enrolment.Details),
            Uri = enrolment.Uri,
            Secret = enrolment.Secret,
        };
    }

    public override async Task<VerifyTOTPRegistrationResponse> VerifyTOTPRegistration(
        VerifyTOTPRegistrationRequest request,
        ServerCallContext context
    ) =>
        new()
        {
            Details = UserResponses.Details(
                await grains
                    .User(request.UserId)
                    .VerifyTotpRegistrationAsync(
                        context.Caller(),
                        request.Code,
                        request.HasEndOtherSessions ? request.EndOtherSessions : null
                    )
            ),
        };

    public override async Task<RemoveTOTPResponse> RemoveTOTP(RemoveTOTPRequest request, ServerCallContext context) =>
        new()
        {
            Details = UserResponses.Details(
                await grains
                    .User(request.UserId)
                    .RemoveTotpAsync(context.Caller(), request.HasEndOtherSessions ? request.EndOtherSessions : null)
            ),
        };

    public override async Task<GenerateRecoveryCodesResponse> GenerateRecoveryCodes(
        GenerateRecoveryCodesRequest request,
        ServerCallContext context
    )
    {
        var made = await grains
            .User(request.UserId)
            .GenerateRecoveryCodesAsync(context.Caller(), request.Count, request.HasEndOtherSessions ? request.EndOtherSessions : null);
        return new GenerateRecoveryCodesResponse { Details = UserResponses.Details(made.Details), RecoveryCodes = { made.Codes } };
    }

    public override async Task<RemoveRecoveryCodesResponse> RemoveRecoveryCodes(
        RemoveRecoveryCodesRequest request,
        ServerCallContext context
    ) =>
        new()
        {
            Details = UserResponses.Details(
                await grains
                    .User(request.UserId)
                    .RemoveRecoveryCodesAsync(context.Caller(), request.HasEndOtherSessions ? request.EndOtherSessions : null)
            ),
        };

    public override async Task<HumanMFAInitSkippedResponse> HumanMFAInitSkipped(
        HumanMFAInitSkippedRequest request,
        ServerCallContext context
    ) => new() { Details = UserResponses.Details(await grains.User(request.UserId).SkipMfaInitAsync(context.Caller())) };

    public override async Task<AddOTPSMSResponse> AddOTPSMS(AddOTPSMSRequest request, ServerCallContext context) =>
        new()
        {
            Details = UserResponses.Details(
                await grains
                    .User(request.UserId)
                    .AddOtpAsync(context.Caller(), OtpChannel.Sms, request.HasEndOtherSessions ? request.EndOtherSessions : null)
            ),
        };

    public override async Task<RemoveOTPSMSResponse> RemoveOTPSMS(RemoveOTPSMSRequest request, ServerCallContext context) =>
        new()
        {
            Details = UserResponses.Details(
                await grains
                    .User(request.UserId)
                    .RemoveOtpAsync(context.Caller(), OtpChannel.Sms, request.HasEndOtherSessions ? request.EndOtherSessions : null)
            ),
        };

    public override async Task<AddOTPEmailResponse> AddOTPEmail(AddOTPEmailRequest request, ServerCallContext context) =>
        new()
        {
            Details = UserResponses.Details(
                await grains
                    .User(request.UserId)
                    .AddOtpAsync(context.Caller(), OtpChannel.Email, request.HasEndOtherSessions ? request.EndOtherSessions : null)
            ),
        };

    public override async Task<RemoveOTPEmailResponse> RemoveOTPEmail(RemoveOTPEmailRequest request, ServerCallContext context) =>
        new()
        {
            Details = UserResponses.Details(
                await grains
                    .User(request.UserId)
                    .RemoveOtpAsync(context.Caller(), OtpChannel.Email, request.HasEndOtherSessions ? request.EndOtherSessions : null)
            ),
        };

    public override async Task<ListAuthenticationMethodTypesResponse> ListAuthenticationMethodTypes(
        ListAuthenticationMethodTypesRequest request,
        ServerCallContext context
    )
    {
        var caller = context.Caller();
        var domain = request.DomainQuery?.Domain;
        var methods = await grains.CallAsync(
            () => grains.User(request.UserId).ListAuthenticationMethodsAsync(caller, domain),
            context.CancellationToken
        );
        return new ListAuthenticationMethodTypesResponse
        {
            Details = new ListDetails { TotalResult = (ulong)methods.Length, Timestamp = Timestamps.Of(clock.GetUtcNow()) },
            AuthMethodTypes = { methods.Select(method => (AuthenticationMethodType)method) },
        };
    }

    public override async Task<ListAuthenticationFactorsResponse> ListAuthenticationFactors(
        ListAuthenticationFactorsRequest request,
        ServerCallContext context
    )
    {
        var caller = context.Caller();
        var factors = await grains.CallAsync(
            () => grains.User(request.UserId).ListAuthenticationFactorsAsync(caller),
            context.CancellationToken
        );
        return new ListAuthenticationFactorsResponse
        {
            Result =
            {
                factors
                    .Where(factor =>
                        IsAskedFor(request.AuthFactors, (AuthFactors)factor.Kind)
                        && IsAskedFor(request.States, (AuthFactorState)factor.State)
                    )
                    .Select(UserResponses.Factor),
            },
        };
    }

    /// <summary>An empty choice means everything.</summary>
    private static bool IsAskedFor<T>(ICollection<T> choice, T one) => choice.Count == 0 || choice.Contains(one);
}
