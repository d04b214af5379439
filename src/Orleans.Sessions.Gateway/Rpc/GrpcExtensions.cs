using Grpc.AspNetCore.HealthChecks;
using Grpc.Health.V1;
using Grpc.Reflection;
using Grpc.Reflection.V1Alpha;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Sessions.Gateway.Calls;
using ReflectionV1 = Grpc.Reflection.V1.ServerReflection;

namespace Orleans.Sessions.Gateway.Rpc;

/// <summary>
/// gRPC-Web, and what of gRPC is no call of the contract: reflection (v1 and v1alpha) and health, through ASP.NET Core's library; those need no authentication.
/// </summary>
internal static class GrpcExtensions
{
    public static void AddSessionsGrpc(this IServiceCollection services)
    {
        services.AddGrpc(options =>
        {
            options.MaxReceiveMessageSize = RequestBody.MaxBytes;
            options.EnableDetailedErrors = false;

            // Its endpoints for them take paths of the other surfaces as well: UnknownRoutes answers instead.
            options.IgnoreUnknownServices = true;
        });
        services.AddSingleton(provider => new ReflectionServiceImpl(Services(provider)));
        services.AddSingleton(provider => new ReflectionV1ServiceImpl(Services(provider)));
        services.AddGrpcHealthChecks();
        services.AddOptions<GrpcHealthChecksOptions>().Configure<IReadOnlyList<UnaryMethod>>((options, contract) =>
        {
            // "" asks for the process as a whole; each service is ready when the process is.
            options.Services.Clear();
            foreach (var name in contract.Select(method => method.Descriptor.Service.FullName).Distinct().Prepend(""))
            {
                options.Services.Map(name, check => check.Tags.Contains("ready"));
            }
        });

        // Clients' faults are answered, not logged, as on the other surfaces.
        services.AddLogging(logging => logging.AddFilter("Grpc.AspNetCore.Server", LogLevel.Warning));
    }

    /// <summary>Translates gRPC-Web to gRPC. Belongs before whatever answers calls.</summary>
    public static void UseSessionsGrpcWeb(this IApplicationBuilder app) => app.UseGrpcWeb(new GrpcWebOptions { DefaultEnabled = true });

    public static void MapReflection(this IEndpointRouteBuilder routes)
    {
        // The library takes any verb, and so routing would never say 405 for Connect, which has the same paths.
        var post = new HttpMethodMetadata([HttpMethods.Post]);
        routes.MapGrpcService<ReflectionServiceImpl>().WithMetadata(post);
        routes.MapGrpcService<ReflectionV1ServiceImpl>().WithMetadata(post);
    }

    private static IEnumerable<Google.Protobuf.Reflection.ServiceDescriptor> Services(IServiceProvider provider) =>
    [
        .. provider.GetRequiredService<IReadOnlyList<UnaryMethod>>().Select(method => method.Descriptor.Service).Distinct(),
        Health.Descriptor,
        ReflectionV1.Descriptor,
        ServerReflection.Descriptor,
    ];
}
