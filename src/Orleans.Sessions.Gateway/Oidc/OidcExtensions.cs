using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OpenIddict.Server;
using Orleans.Sessions.Gateway.Errors;
using Orleans.Sessions.Gateway.Logins;
using Orleans.Sessions.Gateway.Oidc.Clients;
using Orleans.Sessions.Gateway.Oidc.Dpop;
using Orleans.Sessions.Gateway.Oidc.Endpoints;
using Orleans.Sessions.Gateway.Oidc.Keys;
using Orleans.Sessions.Gateway.Oidc.Logins;
using Orleans.Sessions.Gateway.Oidc.Logouts;
using Orleans.Sessions.Gateway.Oidc.MutualTls;
using Orleans.Sessions.Gateway.Oidc.Registration;
using Orleans.Sessions.Gateway.Oidc.RequestObjects;
using Orleans.Sessions.Gateway.Oidc.SessionManagement;
using Orleans.Sessions.Gateway.Oidc.Tokens;
using Orleans.Sessions.Gateway.Projects;
using Orleans.Sessions.Oidc;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Orleans.Sessions.Gateway.Oidc;

/// <summary>
/// The OpenID Connect provider. OpenIddict implements the protocol, in its stateless mode. Grains keep what requests, codes and tokens
/// mean, and the handlers of <see cref="OidcPipeline"/> give that to OpenIddict.
/// </summary>
internal static class OidcExtensions
{
    public static void AddOidcProvider(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddCheckedOptions<OidcProviderOptions>(configuration.GetSection(OidcProviderOptions.Section));
        services.AddCheckedList<ConfiguredClaimsOptions, ConfiguredClaim>(
            configuration.GetSection(ConfiguredClaimsOptions.Section),
            configured => configured.Claims
        );
        services.AddCheckedOptions<DpopOptions>(configuration.GetSection(DpopOptions.Section));
        services.AddMutualTls(configuration);
        services.AddSingleton<DpopNonces>();
        services.AddSingleton<DpopProofs>();
        services.AddSingleton<LoginPages>();
        services.AddSingleton<KeyRing>();
        services.AddSingleton<ProjectDirectory>();
        services.AddSingleton<ClientDirectory>();
        services.AddSingleton<RegisteredIds>();
        services.AddSingleton<ClientKeys>();
        services.AddSingleton<ClientWarnings>();
        services.AddSingleton<ClientAssertions>();
        services.AddSingleton<RequestObjectVerifier>();
        services.AddSingleton<ClientSecrets>();
        services.AddSingleton<AccessTokenVerifier>();
        services.AddSingleton<UserClaims>();
        services.AddSingleton<RoleClaims>();
        services.AddSingleton<FurtherClaims>();
        services.AddSingleton<TokenClaims>();
        services.AddSingleton<PersonalAccessTokens>();
        services.AddSingleton<PushedRequests>();
        services.AddSingleton<TokenExchange>();
        services.AddSingleton<BrowserStates>();
        services.AddSingleton<CallbackPage>();
        services.AddSingleton<FrontChannelLogout>();
        services.AddSingleton<RegistrationEndpoint>();
        services.AddSingleton<RefusalLog>();
        services.AddSingleton<OidcRequests>();
        services.AddCors();

        // At its finest log level OpenIddict logs complete tokens.
        services.AddLogging(logging => logging.AddFilter("OpenIddict", LogLevel.Warning));
        services.AddOpenIddict().AddServer(AddServer);
        RemoveKeyRing(services);
        services.AddSingleton<ServerKeys>();
        services.AddSingleton<IConfigureOptions<OpenIddictServerOptions>>(provider => provider.GetRequiredService<ServerKeys>());
        services.AddSingleton<IOptionsChangeTokenSource<OpenIddictServerOptions>>(provider => provider.GetRequiredService<ServerKeys>());
        services
            .AddOptions<OpenIddictServerOptions>()
            .Configure<IOptions<OidcProviderOptions>>(
                (server, options) =>
                {
                    server.RequestTokenLifetime = options.Value.PushedRequestLifetime;
                    server.DeviceCodeLifetime = server.UserCodeLifetime = options.Value.DeviceCodeLifetime;
                }
            );
    }

    /// <summary>Puts the protocol's endpoints before routing, so that other requests do not pay for them.</summary>
    public static void UseOidcProvider(this IApplicationBuilder app)
    {
        // OpenIddict gets its requests from the authentication middleware. The application would otherwise put that middleware before
        // everything else.
        app.Properties["__AuthenticationMiddlewareSet"] = true;
        app.UseWhen(
            http => OidcRequests.IsOne(http.Request.Path),
            oidc =>
            {
                // No endpoint identifies a user by a cookie, so scripts of other origins may call every endpoint except those that browsers
                // visit or frame. Some libraries send credentials with every call, and then browsers want the origin by its name.
                oidc.UseWhen(
                    http => !OidcRequests.IsVisited(http.Request.Path),
                    called =>
                        called.UseCors(policy =>
                            policy
                                .SetIsOriginAllowed(static _ => true)
                                .AllowCredentials()
                                .AllowAnyHeader()
                                .AllowAnyMethod()
                                .WithExposedHeaders("WWW-Authenticate", "x-request-id", "DPoP-Nonce")
                                .SetPreflightMaxAge(TimeSpan.FromHours(2))
                        )
                );
                oidc.Use(oidc.ApplicationServices.GetRequiredService<OidcRequests>().PrepareAsync);
                oidc.UseAuthentication();
            }
        );
    }

    public static void MapOidcPages(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(CallbackUrl.Page, routes.ServiceProvider.GetRequiredService<CallbackPage>().AnswerAsync);
        routes.MapGet(EndSessionEndpoint.DonePage, EndSessionEndpoint.DoneAsync);
        var registration = routes.ServiceProvider.GetRequiredService<RegistrationEndpoint>();
        routes.MapPost(RegistrationEndpoint.Path, registration.RegisterAsync);
        routes.MapGet(RegistrationEndpoint.ClientPath, registration.ReadAsync);
        routes.MapPut(RegistrationEndpoint.ClientPath, registration.ReplaceAsync);
        routes.MapDelete(RegistrationEndpoint.ClientPath, registration.DeleteAsync);
        routes.MapGet(FrontChannelLogout.Page, routes.ServiceProvider.GetRequiredService<FrontChannelLogout>().AnswerAsync);
        if (routes.ServiceProvider.GetRequiredService<BrowserStates>().AreKept)
        {
            routes.MapGet($"/{OidcPaths.CheckSession}", CheckSessionPage.AnswerAsync);
        }
    }

    /// <summary>
    /// Nothing here uses ASP.NET Core's data protection keys. Without this, the host would create keys at its start and write them to the
    /// home folder.
    /// </summary>
    private static void RemoveKeyRing(IServiceCollection services)
    {
        foreach (
            var descriptor in services
                .Where(descriptor =>
                    descriptor.ServiceType == typeof(IHostedService)
                    && descriptor.ImplementationType?.Namespace?.StartsWith("Microsoft.AspNetCore.DataProtection", StringComparison.Ordinal)
                        == true
                )
                .ToList()
        )
        {
            services.Remove(descriptor);
        }
    }

    /// <summary>Configures OpenIddict. <see cref="OidcChecks"/> lists what that means for its own checks.</summary>
    internal static void AddServer(OpenIddictServerBuilder server)
    {
        server.EnableDegradedMode();
        server
            .SetConfigurationEndpointUris(".well-known/openid-configuration", ".well-known/oauth-authorization-server")
            .SetAuthorizationEndpointUris(OidcPaths.Authorize)
            .SetPushedAuthorizationEndpointUris(OidcPaths.PushedRequests)
            .SetTokenEndpointUris(OidcPaths.Token)
            .SetIntrospectionEndpointUris(OidcPaths.Introspect)
            .SetRevocationEndpointUris(OidcPaths.Revoke)
            .SetJsonWebKeySetEndpointUris(OidcPaths.Keys)
            .SetDeviceAuthorizationEndpointUris(OidcPaths.DeviceAuthorization)
            .SetEndUserVerificationEndpointUris(OidcPaths.Device)
            .SetUserInfoEndpointUris(OidcPaths.UserInfo)
            .SetEndSessionEndpointUris(OidcPaths.EndSession);
        server
            .AllowAuthorizationCodeFlow()
            .AllowRefreshTokenFlow()
            .AllowClientCredentialsFlow()
            .AllowDeviceAuthorizationFlow()
            .AllowTokenExchangeFlow()
            .AllowCustomFlow(OidcGrantTypes.JwtBearer);

        // Each client's registration decides its scopes and audiences. Our own handler authenticates clients and knows which may stay
        // anonymous.
        server
            .DisableScopeValidation()
            .DisableAudienceValidation()
            .DisableResourceValidation()
            .DisableAccessTokenEncryption()
            .AcceptAnonymousClients();

        foreach (var descriptor in OidcChecks.Removed)
        {
            server.RemoveEventHandler(descriptor);
        }

        server.Configure(options =>
        {
            options.CodeChallengeMethods.Remove(CodeChallengeMethods.Plain);
            options.PromptValues.Add(PromptValues.Create);
            options.SubjectTokenTypes.Clear();
            options.SubjectTokenTypes.UnionWith(TokenExchange.SubjectTypes);
            options.ActorTokenTypes.Clear();
            options.ActorTokenTypes.UnionWith(TokenExchange.ActorTypes);
            options.RequestedTokenTypes.Clear();
            options.RequestedTokenTypes.Add(TokenTypeIdentifiers.AccessToken);
        });
        foreach (var descriptor in OidcPipeline.Handlers)
        {
            server.AddEventHandler(descriptor);
        }

        // A proxy in front of this process may terminate TLS.
        server.UseAspNetCore().DisableTransportSecurityRequirement().SetRealm(BearerChallenge.Realm);
    }
}
