using Google.Rpc;
using Grpc.AspNetCore.HealthChecks;
using Grpc.Health.V1;
using Grpc.Reflection;
using Grpc.Reflection.V1Alpha;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Sessions.Gateway.Calls;
using Orleans.Sessions.Protocol.V1;
using ReflectionV1 = Grpc.Reflection.V1.ServerReflection;

namespace Orleans.Sessions.Gateway.Rpc;

/// <summary>
/// gRPC-Web, and the parts of gRPC that are not calls of the contract: reflection (v1 and v1alpha) and health. ASP.NET Core's library
/// serves these without authentication.
/// </summary>
internal static class GrpcExtensions
{
    public static void AddSessionsGrpc(this IServiceCollection services)
    {
        services.AddGrpc(options =>
        {
            options.MaxReceiveMessageSize = RequestBody.MaxBytes;
            options.EnableDetailedErrors = false;

            // The library's endpoints for unknown services would also match paths of the other surfaces. UnknownRoutes answers instead.
            options.IgnoreUnknownServices = true;
        });
        services.AddSingleton<ReflectionServiceImpl>(provider => new NamingReflectionAlpha(NamesOf(provider), SymbolsOf(provider)));
        services.AddSingleton<ReflectionV1ServiceImpl>(provider => new NamingReflection(NamesOf(provider), SymbolsOf(provider)));
        services.AddGrpcHealthChecks();
        services
            .AddOptions<GrpcHealthChecksOptions>()
            .Configure<IReadOnlyList<UnaryMethod>>(
                (options, contract) =>
                {
                    // "" stands for the whole process. Each service is ready when the process is.
                    options.Services.Clear();
                    foreach (var name in contract.Select(method => method.Descriptor.Service.FullName).Distinct().Prepend(""))
                    {
                        options.Services.Map(name, check => check.Tags.Contains("ready"));
                    }
                }
            );

        // As on the other surfaces, faults of clients are answered but not logged.
        services.AddLogging(logging => logging.AddFilter("Grpc.AspNetCore.Server", LogLevel.Warning));
    }

    /// <summary>Translates gRPC-Web to gRPC. Must come before the middleware that answers calls.</summary>
    public static void UseSessionsGrpcWeb(this IApplicationBuilder app) => app.UseGrpcWeb(new GrpcWebOptions { DefaultEnabled = true });

    public static void MapReflection(this IEndpointRouteBuilder routes)
    {
        // The library accepts any verb, so routing would never answer 405 for Connect, which uses the same paths.
        var post = new HttpMethodMetadata([HttpMethods.Post]);
        routes.MapGrpcService<ReflectionServiceImpl>().WithMetadata(post);
        routes.MapGrpcService<ReflectionV1ServiceImpl>().WithMetadata(post);
    }

    private static IEnumerable<string> NamesOf(IServiceProvider provider) => Services(provider).Select(service => service.FullName);

    /// <summary>What the services need, and the messages in the details of errors, which no service names.</summary>
    private static SymbolRegistry SymbolsOf(IServiceProvider provider) =>
        SymbolRegistry.FromFiles([
            .. Services(provider).Select(service => service.File),
            ErrorDetail.Descriptor.File,
            ErrorDetailsReflection.Descriptor,
            StatusReflection.Descriptor,
            CodeReflection.Descriptor,
        ]);

    private static IEnumerable<Google.Protobuf.Reflection.ServiceDescriptor> Services(IServiceProvider provider) =>
        [
            .. provider.GetRequiredService<IReadOnlyList<UnaryMethod>>().Select(method => method.Descriptor.Service).Distinct(),
            Health.Descriptor,
            ReflectionV1.Descriptor,
            ServerReflection.Descriptor,
        ];
}
