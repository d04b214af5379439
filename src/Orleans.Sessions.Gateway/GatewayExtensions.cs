using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans.Sessions.Gateway.Callers;
using Orleans.Sessions.Gateway.Calls;
using Orleans.Sessions.Gateway.Oidc;
using Orleans.Sessions.Gateway.Oidc.Clients;
using Orleans.Sessions.Gateway.Oidc.Logins;
using Orleans.Sessions.Gateway.OpenApi;
using Orleans.Sessions.Gateway.Rest;
using Orleans.Sessions.Gateway.Sessions;
using Orleans.Sessions.Gateway.Users;
using Scalar.AspNetCore;

namespace Orleans.Sessions.Gateway;

/// <summary>Puts the gateway into a web application. It needs an <see cref="IGrainFactory"/>: a co-hosted silo or a cluster client.</summary>
public static class GatewayExtensions
{
    /// <summary>The largest request body, bytes. The largest sensible request, a session with all its metadata in base64, is a tenth of it.</summary>
    private const long MaxRequestBody = 1024 * 1024;

    /// <summary>Adds the gateway's services and the limits of its server.</summary>
    /// <param name="services">The application's services.</param>
    /// <param name="configuration">Holds the section <c>Sessions:Authentication</c>.</param>
    public static IServiceCollection AddSessionsGateway(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IdGenerator>();
        services.AddOptions<AuthenticationOptions>().Bind(configuration.GetSection(AuthenticationOptions.Section))
            .Validate(
                options => options.Issuers.All(issuer => Uri.TryCreate(issuer.Issuer, UriKind.Absolute, out _)),
                "Sessions:Authentication:Issuers: every entry needs an Issuer that is an absolute URL.")
            .ValidateOnStart();
        services.AddSingleton<CallerCache>();
        services.AddSingleton<JwtVerifier>();
        services.AddSingleton<CallerResolver>();
        services.AddSingleton<CallPipeline>();
        services.AddSingleton<RestEndpoints>();
        services.AddSingleton<SessionGrains>();
        services.AddSingleton<SessionReading>();
        services.AddSingleton<SessionService>();
        services.AddSingleton<UserService>();
        services.AddSingleton<AdministratorService>();
        services.AddOidcProvider(configuration);
        services.AddHealthChecks();
        services.Configure<KestrelServerOptions>(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MaxRequestBody;
        });
        return services;
    }

    /// <summary>Maps all surfaces, the API description and the health endpoints.</summary>
    public static void MapSessionsGateway(this WebApplication app)
    {
        app.UseResponseHeaders();
        SessionReading.Use(app);
        // Said here, because the application would put routing before the short cut otherwise.
        app.UseUnknownRoutes();
        app.UseOidcProvider();
        app.UseRouting();

        var methods = Contract(app.Services);
        var rest = app.Services.GetRequiredService<RestEndpoints>();
        foreach (var method in methods)
        {
            rest.Map(app, method);
        }

        app.MapOidcPages();
        app.MapSessionsHealth();
        app.MapOpenApiDocument(methods);
        app.MapScalarApiReference("/docs", options => options.WithOpenApiRoutePattern(OpenApiEndpoint.Path).WithTitle("Orleans.Sessions"));
    }

    /// <summary>Maps <c>/debug/healthz</c> (the process lives) and <c>/debug/ready</c> (it can serve).</summary>
    public static void MapSessionsHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/debug/healthz", () => Results.Text("ok"));
        routes.MapHealthChecks("/debug/ready", new HealthCheckOptions { Predicate = check => check.Tags.Contains("ready") });
    }

    /// <summary>Everything the service offers: a service of the contract is one line here.</summary>
    private static List<UnaryMethod> Contract(IServiceProvider services) =>
    [
        .. UnaryMethod.Of(
            Protocol.SessionV2.SessionService.Descriptor,
            binder => Protocol.SessionV2.SessionService.BindService(binder, services.GetRequiredService<SessionService>())),
        .. UnaryMethod.Of(
            Protocol.UserV2.UserService.Descriptor,
            binder => Protocol.UserV2.UserService.BindService(binder, services.GetRequiredService<UserService>())),
        .. UnaryMethod.Of(
            Protocol.InternalPermissionV2.InternalPermissionService.Descriptor,
            binder => Protocol.InternalPermissionV2.InternalPermissionService.BindService(binder, services.GetRequiredService<AdministratorService>())),
        .. UnaryMethod.Of(
            Protocol.OidcV2.OIDCService.Descriptor,
            binder => Protocol.OidcV2.OIDCService.BindService(binder, services.GetRequiredService<OidcService>())),
        .. UnaryMethod.Of(
            Protocol.OidcClientsV1.OidcClientService.Descriptor,
            binder => Protocol.OidcClientsV1.OidcClientService.BindService(binder, services.GetRequiredService<OidcClientService>())),
    ];
}
