using Microsoft.AspNetCore;
using Microsoft.Extensions.Options;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using Orleans.Sessions.Gateway.Limits;
using Orleans.Sessions.Gateway.Logins;
using Orleans.Sessions.Gateway.Oidc.Clients;
using Orleans.Sessions.Gateway.Oidc.Tokens;
using Orleans.Sessions.Gateway.Origins;
using Orleans.Sessions.Oidc;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Orleans.Sessions.Gateway.Oidc.Endpoints;

/// <summary>
/// Starts device logins (RFC 8628): issues a code for the device, and a code that the person types at the login frontend.
/// </summary>
internal sealed class DeviceEndpoint(
    OidcGrains grains,
    PublicOrigin origin,
    LoginPages pages,
    RequestLimits limits,
    IOptions<OidcProviderOptions> options
)
    : IOpenIddictServerHandler<ValidateDeviceAuthorizationRequestContext>,
        IOpenIddictServerHandler<HandleDeviceAuthorizationRequestContext>,
        IOpenIddictServerHandler<ApplyDeviceAuthorizationResponseContext>,
        IOpenIddictServerHandler<ValidateEndUserVerificationRequestContext>,
        IOpenIddictServerHandler<HandleEndUserVerificationRequestContext>
{
    private const int MaxScope = 4096;
    private const string Page = "device";
    private readonly OidcProviderOptions _options = options.Value;

    public static IReadOnlyList<OpenIddictServerHandlerDescriptor> Descriptors { get; } =
    [
        OpenIddictServerHandlerDescriptor
            .CreateBuilder<ValidateDeviceAuthorizationRequestContext>()
            .UseSingletonHandler<DeviceEndpoint>()
            .SetOrder(int.MaxValue - 100_000)
            .SetType(OpenIddictServerHandlerType.Custom)
            .Build(),
        OpenIddictServerHandlerDescriptor
            .CreateBuilder<HandleDeviceAuthorizationRequestContext>()
            .UseSingletonHandler<DeviceEndpoint>()
            .SetType(OpenIddictServerHandlerType.Custom)
            .Build(),
        OpenIddictServerHandlerDescriptor
            .CreateBuilder<ApplyDeviceAuthorizationResponseContext>()
            .UseSingletonHandler<DeviceEndpoint>()
            .SetOrder(int.MinValue + 50_000)
            .SetType(OpenIddictServerHandlerType.Custom)
            .Build(),
        OpenIddictServerHandlerDescriptor
            .CreateBuilder<ValidateEndUserVerificationRequestContext>()
            .UseSingletonHandler<DeviceEndpoint>()
            .SetType(OpenIddictServerHandlerType.Custom)
            .Build(),
        OpenIddictServerHandlerDescriptor
            .CreateBuilder<HandleEndUserVerificationRequestContext>()
            .UseSingletonHandler<DeviceEndpoint>()
            .SetType(OpenIddictServerHandlerType.Custom)
            .Build(),
    ];

    public ValueTask HandleAsync(ValidateDeviceAuthorizationRequestContext context)
    {
        if (AuthenticatedClient.Of(context.Transaction)?.Client is not { } client || !client.Allows(OidcGrantTypes.DeviceCode))
        {
            context.Reject(OAuthError.UnauthorizedClient, "This client may not use the device flow.");
        }
        else if (context.Request!.Scope?.Length > MaxScope)
        {
            context.Reject(OAuthError.InvalidScope, "The scope is too long.");
        }

        return ValueTask.CompletedTask;
    }

    public async ValueTask HandleAsync(HandleDeviceAuthorizationRequestContext context)
    {
        var authenticated = AuthenticatedClient.Of(context.Transaction)!;
        var client = authenticated.Client;
        limits.Store(
            context.Transaction.GetHttpRequest()!.HttpContext,
            client.Id,
            StoredRequests.Bytes(context.Request!.Scope),
            isProved: authenticated.IsProved
        );
        var request = new DeviceRequest
        {
            ClientId = client.Id,
            ClientName = client.Name.Length > 0 ? client.Name : client.Id,
            Issuer = origin.Of(context.Transaction.GetHttpRequest()!),
            Scopes = OidcScopes.Grant(context.Request!.GetScopes(), client, client.Allows(OidcGrantTypes.RefreshToken)),
            Lifetime = _options.DeviceCodeLifetime,
            Interval = _options.DevicePollInterval,
            MinimumAcr = client.MinimumAcr,
            LoginClientId = client.LoginClientId,
            ClientRegisteredAt = client.CreatedAt,
        };
        string userCode,
            deviceCode;
        do
        {
            userCode = UserCodes.Create();
            deviceCode = OidcTokens.Create(OidcTokens.Device, UserCodes.IdOf(userCode));
        } while (
            !await grains.CallAsync(
                () => grains.Device(UserCodes.IdOf(userCode)).StartAsync(request, deviceCode),
                context.CancellationToken
            )
        );

        new IssuedDeviceCodes(deviceCode, userCode).AttachTo(context.Transaction);
    }

    public ValueTask HandleAsync(ApplyDeviceAuthorizationResponseContext context)
    {
        if (context.Response.UserCode is { Length: > 0 } userCode)
        {
            var page = PageOf(context);
            context.Response.VerificationUri = page;
            context.Response.VerificationUriComplete = Addresses.With(page, ("user_code", userCode));
            context.Response["interval"] = (long)_options.DevicePollInterval.TotalSeconds;
        }

        return ValueTask.CompletedTask;
    }

    /// <summary>Accepts every code here: the login frontend's page says whether the code is valid.</summary>
    public ValueTask HandleAsync(ValidateEndUserVerificationRequestContext context) => ValueTask.CompletedTask;

    public ValueTask HandleAsync(HandleEndUserVerificationRequestContext context)
    {
        var http = context.Transaction.GetHttpRequest()!.HttpContext;
        http.Response.Redirect(Addresses.With(PageOf(context), ("user_code", context.Request?.UserCode)));
        context.HandleRequest();
        return ValueTask.CompletedTask;
    }

    private string PageOf(BaseContext context) =>
        pages.Neighbour(
            origin.Of(context.Transaction.GetHttpRequest()!),
            AuthenticatedClient.Of(context.Transaction)?.Client.LoginUri,
            Page
        );
}
