using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Orleans.Sessions.Audit;
using Orleans.Sessions.Egress;
using Orleans.Sessions.Gateway.Audit;
using Orleans.Sessions.Gateway.Callers;
using Orleans.Sessions.Gateway.Calls;
using Orleans.Sessions.Gateway.Connect;
using Orleans.Sessions.Gateway.Cors;
using Orleans.Sessions.Gateway.Features;
using Orleans.Sessions.Gateway.Http2;
using Orleans.Sessions.Gateway.IdentityProviders;
using Orleans.Sessions.Gateway.Limits;
using Orleans.Sessions.Gateway.Notifications;
using Orleans.Sessions.Gateway.Oidc;
using Orleans.Sessions.Gateway.Oidc.Clients;
using Orleans.Sessions.Gateway.Oidc.Endpoints;
using Orleans.Sessions.Gateway.Oidc.Grants;
using Orleans.Sessions.Gateway.Oidc.Keys;
using Orleans.Sessions.Gateway.Oidc.Logins;
using Orleans.Sessions.Gateway.OpenApi;
using Orleans.Sessions.Gateway.Organizations;
using Orleans.Sessions.Gateway.Origins;
using Orleans.Sessions.Gateway.Rest;
using Orleans.Sessions.Gateway.Rpc;
using Orleans.Sessions.Gateway.Saml;
using Orleans.Sessions.Gateway.Saml.Logins;
using Orleans.Sessions.Gateway.Saml.ServiceProviders;
using Orleans.Sessions.Gateway.Sessions;
using Orleans.Sessions.Gateway.Settings;
using Orleans.Sessions.Gateway.SigningKeys;
using Orleans.Sessions.Gateway.Users;

namespace Orleans.Sessions.Gateway;

/// <summary>
/// Adds the gateway to a web application. The application needs an <see cref="IGrainFactory"/>: a co-hosted silo or a cluster client.
/// </summary>
public static class GatewayExtensions
{
    /// <summary>Adds the gateway's services, the limits of its server, and HTTP/2 with prior knowledge on its cleartext ports.</summary>
    /// <param name="services">The application's services, with its server.</param>
    /// <param name="configuration">Holds the section <c>Sessions</c>.</param>
    public static IServiceCollection AddSessionsGateway(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IdGenerator>();
        services
            .AddOptions<AuthenticationOptions>()
            .Bind(configuration.GetSection(AuthenticationOptions.Section))
            .Validate(
                options => options.Issuers.All(issuer => Uri.TryCreate(issuer.Issuer, UriKind.Absolute, out _)),
                "Sessions:Authentication:Issuers: every entry needs an Issuer that is an absolute URL."
            )
            .Validate(
                options => options.Issuers.DistinctBy(issuer => issuer.Issuer, StringComparer.Ordinal).Count() == options.Issuers.Count,
                "Sessions:Authentication:Issuers: an Issuer is there twice."
            )
            .ValidateOnStart();
        services.AddEgress(configuration);
        services.AddSingleton<CallerCache>();
        services.AddSingleton<JwtVerifier>();
        services.AddSingleton<CallerResolver>();
        services.TryAddSingleton<IAuditSink, RemoteAuditSink>();
        services.TryAddSingleton<FailureCounts>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, FailureFlush>());
        services.AddSingleton<CallOrigins>();
        services.AddSingleton<RefusedCalls>();
        services.AddSingleton<EventService>();
        services.AddSingleton<CallPipeline>();
        services.AddSingleton<IReadOnlyList<UnaryMethod>>(Contract);
        services.AddSingleton<RestEndpoints>();
        services.TryAddSingleton(typeof(GrainReferences<>));
        services.AddSingleton<RpcCalls>();
        services.AddSingleton<MatcherPolicy, ConnectOrGrpc>();
        services.AddSingleton<SessionReading>();
        services.AddSingleton<SessionRoute>();
        services.AddSingleton<SessionService>();
        services.AddSingleton<UserService>();
        services.AddSingleton<AdministratorService>();
        services
            .AddOptions<PublicOriginOptions>()
            .Bind(configuration.GetSection(PublicOriginOptions.Section))
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services.AddSingleton<PublicOrigin>();
        services.AddSingleton<RequestSource>();
        services
            .AddOptions<LimitOptions>()
            .Bind(configuration.GetSection(LimitOptions.Section))
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services.AddSingleton<RequestLimits>();
        services.AddSingleton<SessionLimits>();
        services.AddSingleton<ChangesUnderWay>();
        services.AddHostedService<UnknownOriginWarning>();
        services.AddSingleton<IdentityProviderService>();
        services.AddSingleton<IdentityProviderAdminService>();
        services.AddOptions<PresentationOptions>().Bind(configuration.GetSection(PresentationOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<PresentationOptions>, PresentationRules>();
        services.AddSingleton<SettingsService>();
        services.AddSingleton<OrganizationService>();
        services.AddSingleton<FirstAdministrators>();
        services.AddSingleton<FeatureService>();
        services.AddOidcProvider(configuration);
        services.AddSamlProvider(configuration);
        services.AddHealthChecks();
        services.AddSessionsCors(configuration);
        services.AddSessionsGrpc();
        services.AddHttp2PriorKnowledge();
        services.Configure<ApiDescriptionOptions>(configuration.GetSection(ApiDescriptionOptions.Section));
        services
            .AddOptions<HttpServerOptions>()
            .Bind(configuration.GetSection(HttpServerOptions.Section))
            .ValidateDataAnnotations()
            .ValidateOnStart();
        services.Configure<SocketTransportOptions>(HttpServerOptions.ApplyTo);
        services
            .AddOptions<KestrelServerOptions>()
            .Configure<IOptions<HttpServerOptions>>(
                (kestrel, http) =>
                {
                    kestrel.AddServerHeader = false;
                    kestrel.Limits.MaxRequestBodySize = RequestBody.MaxBytes;
                    http.Value.ApplyTo(kestrel.Limits);
                }
            );
        return services;
    }

    /// <summary>Maps all surfaces, the API description and the health endpoints.</summary>
    public static void MapSessionsGateway(this WebApplication app)
    {
        app.UseResponseHeaders();
        SessionRoute.Use(app);
        IntrospectionRoute.Use(app);
        app.UseWhen(http => !OidcRequests.IsOne(http.Request.Path), api => api.UseCors());
        app.UseSessionsGrpcWeb();
        app.Use(app.Services.GetRequiredService<RpcCalls>().AnswerAsync);
        CallOrigins.UseCallOrigins(app);
        app.UseUnknownRoutes();
        app.UseOidcProvider();
        // The call is explicit here, because the application would otherwise put routing before everything else.
        app.UseRouting();

        var methods = app.Services.GetRequiredService<IReadOnlyList<UnaryMethod>>();
        var rest = app.Services.GetRequiredService<RestEndpoints>();
        foreach (var method in methods)
        {
            rest.Map(app, method);
        }

        app.MapGrpcHealthChecksService();
        app.MapIdentityProviderStart();
        app.MapIdentityProviderCallback();
        app.MapOidcPages();
        app.MapSamlPages();
        app.MapSessionsHealth();
        app.MapDebugOutbox();
        if (app.Services.GetRequiredService<IOptions<ApiDescriptionOptions>>().Value.Enabled)
        {
            app.MapReflection();
            app.MapConnectReflection();
            app.MapOpenApiDocument();
            app.MapApiReference();
        }
    }

    /// <summary>Maps <c>/debug/healthz</c> (the process lives) and <c>/debug/ready</c> (it can serve).</summary>
    public static void MapSessionsHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/debug/healthz", () => Results.Text("ok"));
        routes.MapHealthChecks("/debug/ready", new HealthCheckOptions { Predicate = check => check.Tags.Contains("ready") });
    }

    /// <summary>
    /// The methods that the service offers. Each service of the contract has one entry here, and its implementation is a singleton above.
    /// Without <paramref name="services"/> the methods can be described, but not called.
    /// </summary>
    internal static List<UnaryMethod> Contract(IServiceProvider? services) =>
        [
            .. UnaryMethod.Of(Protocol.SessionV2.SessionService.Descriptor, binder =>
                Protocol.SessionV2.SessionService.BindService(binder, services?.GetRequiredService<SessionService>())
            ),
            .. UnaryMethod.Of(Protocol.UserV2.UserService.Descriptor, binder =>
                Protocol.UserV2.UserService.BindService(binder, services?.GetRequiredService<UserService>())
            ),
            .. UnaryMethod.Of(Protocol.InternalPermissionV2.InternalPermissionService.Descriptor, binder =>
                Protocol.InternalPermissionV2.InternalPermissionService.BindService(
                    binder,
                    services?.GetRequiredService<AdministratorService>()
                )
            ),
            .. UnaryMethod.Of(Protocol.IdpV2.IdentityProviderService.Descriptor, binder =>
                Protocol.IdpV2.IdentityProviderService.BindService(binder, services?.GetRequiredService<IdentityProviderService>())
            ),
            .. UnaryMethod.Of(Protocol.AdminV1.IdentityProviderAdminService.Descriptor, binder =>
                Protocol.AdminV1.IdentityProviderAdminService.BindService(
                    binder,
                    services?.GetRequiredService<IdentityProviderAdminService>()
                )
            ),
            .. UnaryMethod.Of(Protocol.SettingsV2.SettingsService.Descriptor, binder =>
                Protocol.SettingsV2.SettingsService.BindService(binder, services?.GetRequiredService<SettingsService>())
            ),
            .. UnaryMethod.Of(Protocol.OrgV2.OrganizationService.Descriptor, binder =>
                Protocol.OrgV2.OrganizationService.BindService(binder, services?.GetRequiredService<OrganizationService>())
            ),
            .. UnaryMethod.Of(Protocol.FeatureV2.FeatureService.Descriptor, binder =>
                Protocol.FeatureV2.FeatureService.BindService(binder, services?.GetRequiredService<FeatureService>())
            ),
            .. UnaryMethod.Of(Protocol.OidcV2.OIDCService.Descriptor, binder =>
                Protocol.OidcV2.OIDCService.BindService(binder, services?.GetRequiredService<OidcService>())
            ),
            .. UnaryMethod.Of(Protocol.OidcClientsV1.OidcClientService.Descriptor, binder =>
                Protocol.OidcClientsV1.OidcClientService.BindService(binder, services?.GetRequiredService<OidcClientService>())
            ),
            .. UnaryMethod.Of(Protocol.GrantsV1.UserGrantService.Descriptor, binder =>
                Protocol.GrantsV1.UserGrantService.BindService(binder, services?.GetRequiredService<UserGrantService>())
            ),
            .. UnaryMethod.Of(Protocol.EventsV1.EventService.Descriptor, binder =>
                Protocol.EventsV1.EventService.BindService(binder, services?.GetRequiredService<EventService>())
            ),
            .. UnaryMethod.Of(Protocol.KeysV1.SigningKeyService.Descriptor, binder =>
                Protocol.KeysV1.SigningKeyService.BindService(binder, services?.GetRequiredService<SigningKeyService>())
            ),
            .. UnaryMethod.Of(Protocol.SamlV2.SAMLService.Descriptor, binder =>
                Protocol.SamlV2.SAMLService.BindService(binder, services?.GetRequiredService<SamlService>())
            ),
            .. UnaryMethod.Of(Protocol.SamlProvidersV1.ServiceProviderService.Descriptor, binder =>
                Protocol.SamlProvidersV1.ServiceProviderService.BindService(
                    binder,
                    services?.GetRequiredService<SamlServiceProviderService>()
                )
            ),
        ];
}
