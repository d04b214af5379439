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
using Orleans.Sessions.Gateway.Cluster;
using Orleans.Sessions.Gateway.Cors;
using Orleans.Sessions.Gateway.FastPaths;
using Orleans.Sessions.Gateway.Http2;
using Orleans.Sessions.Gateway.IdentityProviders;
using Orleans.Sessions.Gateway.Limits;
using Orleans.Sessions.Gateway.Notifications;
using Orleans.Sessions.Gateway.Oidc;
using Orleans.Sessions.Gateway.OpenApi;
using Orleans.Sessions.Gateway.Organizations;
using Orleans.Sessions.Gateway.Origins;
using Orleans.Sessions.Gateway.Projects;
using Orleans.Sessions.Gateway.Rest;
using Orleans.Sessions.Gateway.Rpc;
using Orleans.Sessions.Gateway.Saml;
using Orleans.Sessions.Gateway.Sessions;
using Orleans.Sessions.Gateway.Settings;
using Orleans.Sessions.Gateway.WebAuthn;
using Orleans.Sessions.WebAuthn;

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
        services.AddCheckedOptions<WebAuthnOptions>(configuration.GetSection(WebAuthnOptions.Section));
        services.AddCheckedOptions<AuthenticationOptions>(configuration.GetSection(AuthenticationOptions.Section));
        services.AddEgress(configuration);
        services.AddSingleton<CallerCache>();
        services.AddSingleton<JwtVerifier>();
        services.AddSingleton<CallerResolver>();
        services.TryAddSingleton<IAuditSink, RemoteAuditSink>();
        services.TryAddSingleton<FailureCounts>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, FailureFlush>());
        services.AddSingleton<CallOrigins>();
        services.AddSingleton<RefusedCalls>();
        services.AddSingleton<CallPipeline>();
        services.AddContract();
        services.AddSingleton<RestEndpoints>();
        services.TryAddSingleton(typeof(GrainReferences<>));
        services.AddSingleton<Grains>();
        services.AddSingleton<RpcCalls>();
        services.AddSingleton<MatcherPolicy, ConnectOrGrpc>();
        services.AddSingleton<SessionReading>();
        services.AddFastPaths();
        services.AddCheckedOptions<PublicOriginOptions>(configuration.GetSection(PublicOriginOptions.Section));
        services.AddSingleton<PublicOrigin>();
        services.AddSingleton<RequestSource>();
        services.AddCheckedOptions<LimitOptions>(configuration.GetSection(LimitOptions.Section));
        services.AddCheckedOptions<DomainProofOptions>(configuration.GetSection(DomainProofOptions.Section));
        services.AddSingleton<DomainProofs>();
        services.AddSingleton<RequestLimits>();
        services.AddSingleton<SessionLimits>();
        services.AddSingleton<ChangesUnderWay>();
        services.AddHostedService<UnknownOriginWarning>();
        services.AddCheckedOptions<PresentationOptions>(configuration.GetSection(PresentationOptions.Section));
        services.AddSingleton(PinnedSettings.Of(configuration));
        services.AddSingleton<RuntimeSettings>();
        services.AddSingleton(new LoginPageOrigins(configuration));
        services.AddSingleton<FramePolicy>();
        services.AddOidcProvider(configuration);
        services.AddSamlProvider(configuration);
        services.AddHealthChecks();
        services.AddSessionsCors(configuration);
        services.AddSessionsGrpc();
        services.AddHttp2PriorKnowledge();
        services.AddCheckedOptions<ApiDescriptionOptions>(configuration.GetSection(ApiDescriptionOptions.Section));
        services.AddCheckedOptions<HttpServerOptions>(configuration.GetSection(HttpServerOptions.Section));
        services.Configure<SocketTransportOptions>(HttpServerOptions.ApplyTo);
        services
            .AddOptions<KestrelServerOptions>()
            .Configure<IOptions<HttpServerOptions>>(
                (kestrel, http) =>
                {
                    kestrel.AddServerHeader = false;
                    kestrel.Limits.MaxRequestBodySize = RequestBody.MaxBytes;
                    // A SAML request by redirect, with a long relay state, must fit.
                    kestrel.Limits.MaxRequestLineSize = 16 * 1024;
                    http.Value.ApplyTo(kestrel.Limits);
                }
            );
        return services;
    }

    /// <summary>Maps all surfaces, the API description and the health endpoints.</summary>
    public static void MapSessionsGateway(this WebApplication app)
    {
        app.UseResponseHeaders();
        app.UseFastPaths();
        app.UseWhen(http => CorsExtensions.Covers(http.Request.Path), api => api.UseCors());
        app.UseSessionsGrpcWeb();
        app.Use(app.Services.GetRequiredService<RpcCalls>().AnswerAsync);
        CallOrigins.UseCallOrigins(app, http => OidcRequests.IsReading(http.Request.Path));
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
        app.MapRelatedOrigins();
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
        routes.MapMethods("/debug/healthz", [HttpMethods.Get, HttpMethods.Head], () => Results.Text("ok"));
        routes.MapHealthChecks("/debug/ready", new HealthCheckOptions { Predicate = check => check.Tags.Contains("ready") });
    }
}
