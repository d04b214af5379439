using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Orleans.Sessions.Gateway.Http2;

/// <summary>
/// HTTP/1.1 and HTTP/2 on one cleartext port. Kestrel fixes the version of a cleartext endpoint when it binds it, because without TLS there
/// is no ALPN to choose by. Native gRPC needs HTTP/2 and opens it with prior knowledge. Therefore the first bytes of a connection decide.
/// </summary>
internal static class PriorKnowledge
{
    /// <summary>Adds this to every endpoint of Kestrel, however the endpoint is configured. TLS endpoints still choose by ALPN.</summary>
    public static void AddHttp2PriorKnowledge(this IServiceCollection services)
    {
        var kestrel = services.Last(service => service.ServiceType == typeof(IServer));
        services.AddSingleton<HandedOverConnections>();
        services
            .AddOptions<KestrelServerOptions>()
            .Configure<HandedOverConnections>(
                (options, connections) => options.ConfigureEndpointDefaults(endpoint => Use(endpoint, options.Limits, connections))
            );
        services.Replace(
            ServiceDescriptor.Singleton<IServer>(provider => new BothVersionsServer(
                (IServer)ActivatorUtilities.CreateInstance(provider, kestrel.ImplementationType!),
                Http2Server(provider)
            ))
        );
    }

    private static void Use(ListenOptions endpoint, KestrelServerLimits limits, HandedOverConnections http2) =>
        endpoint.Use(next =>
        {
            // The check runs late, because this middleware comes before TLS is configured. The endpoint's name is the only public sign of
            // TLS.
            var isCleartext = endpoint.ToString()!.StartsWith("http:", StringComparison.Ordinal);
            return isCleartext && endpoint.Protocols.HasFlag(HttpProtocols.Http1AndHttp2)
                ? async connection =>
                {
                    switch (await ConnectionPreface.IsNextAsync(connection.Transport.Input, limits.RequestHeadersTimeout))
                    {
                        case true:
                            await http2.ServeAsync(connection);
                            break;
                        case false:
                            await next(connection);
                            break;
                        default:
                            // A client that connects and sends nothing only occupies a connection.
                            connection.Abort(new ConnectionAbortedException("The client did not send enough in time."));
                            break;
                    }
                }
                : next;
        });

    /// <summary>A Kestrel with the same limits that gets its connections only from the network server.</summary>
    private static KestrelServer Http2Server(IServiceProvider provider)
    {
        var options = provider.GetRequiredService<IOptionsFactory<KestrelServerOptions>>().Create(Options.DefaultName);
        var connections = provider.GetRequiredService<HandedOverConnections>();
        options.ConfigurationLoader = null;
        options.ConfigureEndpointDefaults(static _ => { });
        options.Listen(connections.EndPoint, endpoint => endpoint.Protocols = HttpProtocols.Http2);
        return new KestrelServer(Options.Create(options), connections, provider.GetRequiredService<ILoggerFactory>());
    }
}
