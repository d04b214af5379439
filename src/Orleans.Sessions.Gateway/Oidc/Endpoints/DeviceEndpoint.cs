using Microsoft.AspNetCore;
using Microsoft.Extensions.Options;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using Orleans.Sessions.Gateway.Cluster;
using Orleans.Sessions.Gateway.Limits;
using Orleans.Sessions.Gateway.Logins;
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
    Grains grains,
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

    public ValueTask HandleAsync(ValidateDeviceAuthorizationRequestContext context)
    {
        if (TransactionState.Of(context.Transaction).Client?.Client is not { } client || !client.Allows(OidcGrantTypes.DeviceCode))
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
        var authenticated = TransactionState.Of(context.Transaction).Client!;
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
                () => grains.DeviceAuthorization(UserCodes.IdOf(userCode)).StartAsync(request, deviceCode),
                context.CancellationToken
            )
        );

        TransactionState.Of(context.Transaction).IssuedDeviceCodes = new IssuedDeviceCodes(deviceCode, userCode);
    }

    public async ValueTask HandleAsync(ApplyDeviceAuthorizationResponseContext context)
    {
        if (context.Response.UserCode is { Length: > 0 } userCode)
        {
            var page = await PageAsync(context);
            context.Response.VerificationUri = page;
            context.Response.VerificationUriComplete = UrlParameters.Add(page, ("user_code", userCode));
            context.Response["interval"] = (long)_options.DevicePollInterval.TotalSeconds;
        }
    }

    /// <summary>Accepts every code here: the login frontend's page says whether the code is valid.</summary>
    public ValueTask HandleAsync(ValidateEndUserVerificationRequestContext context) => ValueTask.CompletedTask;

    public async ValueTask HandleAsync(HandleEndUserVerificationRequestContext context)
    {
        var http = context.Transaction.GetHttpRequest()!.HttpContext;
        http.Response.Redirect(UrlParameters.Add(await PageAsync(context), ("user_code", context.Request?.UserCode)));
        context.HandleRequest();
    }

    private ValueTask<string> PageAsync(BaseContext context) =>
        pages.NeighbourAsync(
            origin.Of(context.Transaction.GetHttpRequest()!),
            TransactionState.Of(context.Transaction).Client?.Client.LoginUri,
            Page,
            context.CancellationToken
        );
}
