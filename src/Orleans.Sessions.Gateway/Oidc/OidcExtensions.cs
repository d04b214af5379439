using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OpenIddict.Server;
using Orleans.Sessions.Gateway.Oidc.Clients;
using Orleans.Sessions.Gateway.Oidc.Endpoints;
using Orleans.Sessions.Gateway.Oidc.Grants;
using Orleans.Sessions.Gateway.Oidc.Keys;
using Orleans.Sessions.Gateway.Oidc.Logins;
using Orleans.Sessions.Gateway.Oidc.Tokens;
using Orleans.Sessions.Oidc;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Orleans.Sessions.Gateway.Oidc;

/// <summary>
/// The OpenID Connect provider. OpenIddict speaks the protocol, in its stateless mode: what requests, codes and tokens mean is kept by grains
/// and given to it by the handlers registered here.
/// </summary>
internal static class OidcExtensions
{
    public static void AddOidcProvider(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<OidcProviderOptions>().Bind(configuration.GetSection(OidcProviderOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<LoginPages>();
        services.AddSingleton<OidcGrains>();
        services.AddSingleton<KeyRing>();
        services.AddSingleton<ClientDirectory>();
        services.AddSingleton<ClientAssertions>();
        services.AddSingleton<AccessTokenVerifier>();
        services.AddSingleton<UserClaims>();
        services.AddSingleton<IntrospectionRoute>();
        services.AddSingleton<FormPostPage>();
        services.AddSingleton<OidcService>();
        services.AddSingleton<OidcClientService>();
        services.AddSingleton<UserGrantService>();
        services.AddSingleton<SigningKeyService>();
        services.AddSingleton<OidcRequests>();
        services.AddCors();

        // At its finest level OpenIddict logs whole tokens.
        services.AddLogging(logging => logging.AddFilter("OpenIddict", LogLevel.Warning));
        services.AddOpenIddict().AddServer(AddServer);
        RemoveKeyRing(services);
        services.AddSingleton<ServerKeys>();
        services.AddSingleton<IConfigureOptions<OpenIddictServerOptions>>(provider => provider.GetRequiredService<ServerKeys>());
        services.AddSingleton<IOptionsChangeTokenSource<OpenIddictServerOptions>>(provider => provider.GetRequiredService<ServerKeys>());
        services.AddOptions<OpenIddictServerOptions>().Configure<IOptions<OidcProviderOptions>>((server, options) =>
        {
            server.RequestTokenLifetime = options.Value.PushedRequestLifetime;
            server.DeviceCodeLifetime = server.UserCodeLifetime = options.Value.DeviceCodeLifetime;
        });
    }

    /// <summary>Puts the protocol's endpoints before routing; no other request pays for them.</summary>
    public static void UseOidcProvider(this IApplicationBuilder app)
    {
        // The application would put authentication, which is how OpenIddict gets its requests, before everything else.
        app.Properties["__AuthenticationMiddlewareSet"] = true;
        app.UseWhen(
            http => OidcRequests.IsOne(http.Request.Path),
            oidc =>
            {
                // No endpoint knows a browser's user by a cookie, so scripts of other origins may call all that are called.
                oidc.UseWhen(http => !OidcRequests.IsVisited(http.Request.Path), called => called.UseCors(policy => policy
                    .AllowAnyOrigin().AllowAnyHeader().AllowAnyMethod().WithExposedHeaders("WWW-Authenticate", "x-request-id").SetPreflightMaxAge(TimeSpan.FromHours(2))));
                oidc.Use(oidc.ApplicationServices.GetRequiredService<OidcRequests>().PrepareAsync);
                oidc.UseAuthentication();
            });
    }

    public static void MapOidcPages(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(CallbackUrl.PostPage, routes.ServiceProvider.GetRequiredService<FormPostPage>().AnswerAsync);
        routes.MapGet(EndSessionEndpoint.DonePage, EndSessionEndpoint.DoneAsync);
    }

    /// <summary>Nothing here is protected by ASP.NET Core's own keys, so none are to be made, and written to the home folder, when the host starts.</summary>
    private static void RemoveKeyRing(IServiceCollection services)
    {
        foreach (var descriptor in services.Where(descriptor => descriptor.ServiceType == typeof(IHostedService)
            && descriptor.ImplementationType?.Namespace?.StartsWith("Microsoft.AspNetCore.DataProtection", StringComparison.Ordinal) == true).ToList())
        {
            services.Remove(descriptor);
        }
    }

    private static void AddServer(OpenIddictServerBuilder server)
    {
        server.EnableDegradedMode();
        server.SetConfigurationEndpointUris(".well-known/openid-configuration", ".well-known/oauth-authorization-server")
            .SetAuthorizationEndpointUris(OidcPaths.Authorize)
            .SetPushedAuthorizationEndpointUris("oauth/v2/par")
            .SetTokenEndpointUris("oauth/v2/token")
            .SetIntrospectionEndpointUris(OidcPaths.Introspect)
            .SetRevocationEndpointUris("oauth/v2/revoke")
            .SetJsonWebKeySetEndpointUris(OidcPaths.Keys)
            .SetDeviceAuthorizationEndpointUris("oauth/v2/device_authorization")
            .SetEndUserVerificationEndpointUris(OidcPaths.Device)
            .SetUserInfoEndpointUris(OidcPaths.UserInfo)
            .SetEndSessionEndpointUris(OidcPaths.EndSession);
        server.AllowAuthorizationCodeFlow()
            .AllowRefreshTokenFlow()
            .AllowClientCredentialsFlow()
            .AllowDeviceAuthorizationFlow()
            .AllowTokenExchangeFlow()
            .AllowCustomFlow(OidcGrantTypes.JwtBearer);

        // Scopes are granted client by client; clients are authenticated by our own handler, which knows who may stay anonymous.
        server.DisableScopeValidation().DisableAccessTokenEncryption().AcceptAnonymousClients();
        server.Configure(options =>
        {
            options.CodeChallengeMethods.Remove(CodeChallengeMethods.Plain);
            options.PromptValues.Add(PromptValues.Create);
            options.SubjectTokenTypes.Clear();
            options.SubjectTokenTypes.UnionWith([TokenReading.SessionTokenType, TokenTypeIdentifiers.AccessToken]);
        });
        foreach (var descriptor in Handlers())
        {
            server.AddEventHandler(descriptor);
        }

        // TLS may end before this process.
        server.UseAspNetCore().DisableTransportSecurityRequirement();
    }

    private static IEnumerable<OpenIddictServerHandlerDescriptor> Handlers() =>
    [
        RefusedRequests.Descriptor,
        RepeatedParameters.Descriptor,
        ClientAuthenticator.Descriptor,
        IdTokenHints.Descriptor,
        TokenReading.Descriptor,
        TokenWriting.Descriptor,
        AuthorizationParameters.Descriptor,
        AuthorizationParameters.PushedDescriptor,
        AuthorizationErrors.Descriptor,
        AuthorizationErrors.PushedDescriptor,
        AuthorizationEndpoint.Descriptor,
        TokenEndpoint.Descriptor,
        TokenEndpoint.AnswerDescriptor,
        UserInfoEndpoint.Descriptor,
        UserInfoChallenge.Descriptor,
        IntrospectionEndpoint.Descriptor,
        RevocationEndpoint.Descriptor,
        EndSessionEndpoint.ValidationDescriptor,
        EndSessionEndpoint.Descriptor,
        .. DeviceEndpoint.Descriptors,
        .. DiscoveryMetadata.Descriptors,
    ];
}
