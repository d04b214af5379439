using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Orleans.Sessions.Gateway.Calls;
using Orleans.Sessions.Gateway.Cluster;
using Orleans.Sessions.Gateway.Logins;
using Orleans.Sessions.Gateway.Oidc.Clients;
using Orleans.Sessions.Gateway.Oidc.SessionManagement;
using Orleans.Sessions.Logins;
using Orleans.Sessions.Oidc;
using Orleans.Sessions.Protocol.ObjectV2;
using Orleans.Sessions.Protocol.OidcV2;

namespace Orleans.Sessions.Gateway.Oidc.Logins;

/// <summary>The login frontend's methods for OpenID Connect and device requests.</summary>
internal sealed class OidcService(Grains grains, ClientDirectory clients, BrowserStates states) : OIDCService.OIDCServiceBase
{
    private const int MaxDescription = 1000;

    public override async Task<GetAuthRequestResponse> GetAuthRequest(GetAuthRequestRequest request, ServerCallContext context)
    {
        var id = AuthRequestIds.Parse(request.AuthRequestId);
        var caller = context.Caller();
        var pending = await grains.CallAsync(() => grains.AuthorizationRequest(id).GetRequestAsync(caller), context.CancellationToken);
        var client = await clients.FindAsync(pending.Request.ClientId, context.CancellationToken);
        return new GetAuthRequestResponse { AuthRequest = Message(request.AuthRequestId, pending, client) };
    }

    public override async Task<CreateCallbackResponse> CreateCallback(CreateCallbackRequest request, ServerCallContext context)
    {
        var id = AuthRequestIds.Parse(request.AuthRequestId);
        var completion = new RequestCompletion
        {
            Caller = context.Caller(),
            SessionId = request.Session?.SessionId,
            SessionToken = request.Session?.SessionToken,
            Error = request.Error is null ? null : ErrorOf(request.Error.Error),
            ErrorDescription = Text(request.Error?.ErrorDescription),
            ErrorUri = Text(request.Error?.ErrorUri),
            Code = OidcTokens.Create(OidcTokens.Code, id),
        };
        var answer = await grains.CallAsync(() => grains.AuthorizationRequest(id).CompleteAsync(completion), context.CancellationToken);
        return new CreateCallbackResponse
        {
            Details = new Details
            {
                ChangeDate = Timestamps.Of(answer.CompletedAt),
                ResourceOwner = answer.ResourceOwner,
                Sequence = 2,
            },
            CallbackUrl = CallbackUrl.Of(id, answer, completion.Code, states.IsWatched(answer.Request)),
        };
    }

    public override async Task<GetDeviceAuthorizationRequestResponse> GetDeviceAuthorizationRequest(
        GetDeviceAuthorizationRequestRequest request,
        ServerCallContext context
    )
    {
        var id = UserCodes.IdOf(request.UserCode);
        var caller = context.Caller();
        var device = await grains.CallAsync(() => grains.DeviceAuthorization(id).GetAsync(caller), context.CancellationToken);
        var message = new DeviceAuthorizationRequest
        {
            Id = id,
            ClientId = device.ClientId,
            AppName = device.ClientName,
            ProjectName = device.ClientName,
        };
        message.Scope.AddRange(device.Scopes);
        return new GetDeviceAuthorizationRequestResponse { DeviceAuthorizationRequest = message };
    }

    public override async Task<AuthorizeOrDenyDeviceAuthorizationResponse> AuthorizeOrDenyDeviceAuthorization(
        AuthorizeOrDenyDeviceAuthorizationRequest request,
        ServerCallContext context
    )
    {
        // Not repeated when a node dies: a second call would answer that the request was already handled.
        var device = grains.DeviceAuthorization(request.DeviceAuthorizationId);
        await (
            request.Session is { } session
                ? device.AllowAsync(context.Caller(), session.SessionId, session.SessionToken)
                : device.DenyAsync(context.Caller())
        );
        return new AuthorizeOrDenyDeviceAuthorizationResponse();
    }

    private static AuthRequest Message(string id, PendingRequest pending, OidcClient? client)
    {
        var request = pending.Request;
        var message = new AuthRequest
        {
            Id = id,
            CreationDate = Timestamps.Of(pending.CreatedAt),
            ClientId = request.ClientId,
            RedirectUri = request.RedirectUri,
            MaxAge = request.MaxAge is { } maxAge ? Duration.FromTimeSpan(maxAge) : null,
            ExpirationDate = pending.ExpiresAt is { } expiresAt ? Timestamps.Of(expiresAt) : null,
            HandledDate = pending.HandledAt is { } handledAt ? Timestamps.Of(handledAt) : null,
            RequiredAcr = AuthenticationContext.Required(request.MinimumAcr, request.AcrValues),
        };
        if (client?.IsRegistration(request.ClientId, request.ClientRegisteredAt) == true)
        {
            message.AppName = client.Name;
            message.AppLogoUri = client.LogoUri ?? "";
        }

        message.Scope.AddRange(request.Scopes);
        message.Prompt.AddRange(RequestPrompts.Of(pending));
        message.UiLocales.AddRange(request.UiLocales);
        if (request.LoginHint is { } hint)
        {
            message.LoginHint = hint;
        }

        if (request.HintUserId is { } user)
        {
            message.HintUserId = user;
        }

        if (pending.MissingAcr is { } missing)
        {
            message.MissingAcr = missing;
        }

        return message;
    }

    private static string ErrorOf(ErrorReason reason) =>
        reason switch
        {
            ErrorReason.InvalidRequest => "invalid_request",
            ErrorReason.UnauthorizedClient => "unauthorized_client",
            ErrorReason.UnsupportedResponseType => "unsupported_response_type",
            ErrorReason.InvalidScope => "invalid_scope",
            ErrorReason.ServerError => "server_error",
            ErrorReason.TemporaryUnavailable => "temporarily_unavailable",
            ErrorReason.InteractionRequired => "interaction_required",
            ErrorReason.LoginRequired => "login_required",
            ErrorReason.AccountSelectionRequired => "account_selection_required",
            ErrorReason.ConsentRequired => "consent_required",
            ErrorReason.InvalidRequestUri => "invalid_request_uri",
            ErrorReason.InvalidRequestObject => "invalid_request_object",
            ErrorReason.RequestNotSupported => "request_not_supported",
            ErrorReason.RequestUriNotSupported => "request_uri_not_supported",
            ErrorReason.RegistrationNotSupported => "registration_not_supported",
            _ => "access_denied",
        };

    private static string? Text(string? text) =>
        text switch
        {
            null or "" => null,
            { Length: > MaxDescription } => text[..MaxDescription],
            _ => text,
        };
}
