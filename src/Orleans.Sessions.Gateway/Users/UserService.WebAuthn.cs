using Grpc.Core;
using Orleans.Sessions.Gateway.Calls;
using Orleans.Sessions.Gateway.WebAuthn;
using Orleans.Sessions.Protocol.ObjectV2;
using Orleans.Sessions.Protocol.UserV2;
using Medium = Orleans.Sessions.Protocol.UserV2.CreatePasskeyRegistrationLinkRequest.MediumOneofCase;

namespace Orleans.Sessions.Gateway.Users;

/// <content>Passkeys and security keys.</content>
internal sealed partial class UserService
{
    public override async Task<CreatePasskeyRegistrationLinkResponse> CreatePasskeyRegistrationLink(
        CreatePasskeyRegistrationLinkRequest request,
        ServerCallContext context
    )
    {
        var delivery =
            request.MediumCase == Medium.ReturnCode
                ? new CodeRequest(CodeDelivery.Return)
                : new CodeRequest(CodeDelivery.Send, request.SendLink is { HasUrlTemplate: true } link ? link.UrlTemplate : null);
        var created = await grains.WebAuthnKeys(request.UserId).CreatePasskeyCodeAsync(context.Caller(), delivery);
        return new CreatePasskeyRegistrationLinkResponse
        {
            Details = UserResponses.Details(created.Details),
            Code = created.Code is { } code ? new PasskeyRegistrationCode { Id = code.Id, Code = code.Code } : null,
        };
    }

    public override async Task<RegisterPasskeyResponse> RegisterPasskey(RegisterPasskeyRequest request, ServerCallContext context)
    {
        var enrolment = await grains
            .WebAuthnKeys(request.UserId)
            .RegisterAsync(
                new RegisterWebAuthn
                {
                    Caller = context.Caller(),
                    Kind = WebAuthnKind.Passkey,
                    Domain = DomainOf(request.Domain, context),
                    Code = request.Code is { } code ? new PasskeyCode(code.Id, code.Code) : null,
                    Attachment = (AuthenticatorAttachment)request.Authenticator,
                }
            );
        return new RegisterPasskeyResponse
        {
            Details = UserResponses.Details(enrolment.Details),
            PasskeyId = enrolment.Id,
            PublicKeyCredentialCreationOptions = CredentialStruct.PublicKey(enrolment.Options),
        };
    }

    public override async Task<VerifyPasskeyRegistrationResponse> VerifyPasskeyRegistration(
        VerifyPasskeyRegistrationRequest request,
        ServerCallContext context
    ) =>
        new()
        {
            Details = UserResponses.Details(
                await grains
                    .WebAuthnKeys(request.UserId)
                    .VerifyAsync(
                        new VerifyWebAuthn
                        {
                            Caller = context.Caller(),
                            Kind = WebAuthnKind.Passkey,
                            Id = request.PasskeyId,
                            Credential = CredentialStruct.Json(request.PublicKeyCredential, SessionErrors.WebAuthnRegistrationUnreadable),
                            Name = request.PasskeyName,
                            EndOtherSessions = request.HasEndOtherSessions ? request.EndOtherSessions : null,
                        }
                    )
            ),
        };

    public override async Task<ListPasskeysResponse> ListPasskeys(ListPasskeysRequest request, ServerCallContext context)
    {
        var caller = context.Caller();
        var passkeys = await grains.CallAsync(
            () => grains.WebAuthnKeys(request.UserId).ListPasskeysAsync(caller),
            context.CancellationToken
        );
        return new ListPasskeysResponse
        {
            Details = new ListDetails { TotalResult = (ulong)passkeys.Length, Timestamp = Timestamps.Of(clock.GetUtcNow()) },
            Result =
            {
                passkeys.Select(passkey => new Passkey
                {
                    Id = passkey.Id,
                    Name = passkey.Name,
                    State = (AuthFactorState)passkey.State,
                    CreationDate = passkey.CreatedAt is { } createdAt ? Timestamps.Of(createdAt) : null,
                    LastUsedDate = passkey.LastUsedAt is { } usedAt ? Timestamps.Of(usedAt) : null,
                }),
            },
        };
    }

    public override async Task<RemovePasskeyResponse> RemovePasskey(RemovePasskeyRequest request, ServerCallContext context) =>
        new()
        {
            Details = UserResponses.Details(
                await grains
                    .WebAuthnKeys(request.UserId)
                    .RemoveAsync(
                        context.Caller(),
                        WebAuthnKind.Passkey,
                        request.PasskeyId,
                        request.HasEndOtherSessions ? request.EndOtherSessions : null
                    )
            ),
        };

    public override async Task<RegisterU2FResponse> RegisterU2F(RegisterU2FRequest request, ServerCallContext context)
    {
        var enrolment = await grains
            .WebAuthnKeys(request.UserId)
            .RegisterAsync(
                new RegisterWebAuthn
                {
                    Caller = context.Caller(),
                    Kind = WebAuthnKind.U2F,
                    Domain = DomainOf(request.Domain, context),
                }
            );
        return new RegisterU2FResponse
        {
            Details = UserResponses.Details(enrolment.Details),
            U2FId = enrolment.Id,
            PublicKeyCredentialCreationOptions = CredentialStruct.PublicKey(enrolment.Options),
        };
    }

    public override async Task<VerifyU2FRegistrationResponse> VerifyU2FRegistration(
        VerifyU2FRegistrationRequest request,
        ServerCallContext context
    ) =>
        new()
        {
            Details = UserResponses.Details(
                await grains
                    .WebAuthnKeys(request.UserId)
                    .VerifyAsync(
                        new VerifyWebAuthn
                        {
                            Caller = context.Caller(),
                            Kind = WebAuthnKind.U2F,
                            Id = request.U2FId,
                            Credential = CredentialStruct.Json(request.PublicKeyCredential, SessionErrors.WebAuthnRegistrationUnreadable),
                            Name = request.TokenName,
                            EndOtherSessions = request.HasEndOtherSessions ? request.EndOtherSessions : null,
                        }
                    )
            ),
        };

    public override async Task<RemoveU2FResponse> RemoveU2F(RemoveU2FRequest request, ServerCallContext context) =>
        new()
        {
            Details = UserResponses.Details(
                await grains
                    .WebAuthnKeys(request.UserId)
                    .RemoveAsync(
                        context.Caller(),
                        WebAuthnKind.U2F,
                        request.U2FId,
                        request.HasEndOtherSessions ? request.EndOtherSessions : null
                    )
            ),
        };

    /// <summary>The requested relying party or, without one, the host by which browsers know this service.</summary>
    private string DomainOf(string domain, ServerCallContext context) =>
        domain.Length > 0 ? domain : new Uri(origin.Of(context.Request())).IdnHost;
}
