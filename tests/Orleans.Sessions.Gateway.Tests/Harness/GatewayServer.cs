using Grpc.Net.Client;
using Grpc.Net.Client.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Hosting;
using Orleans.Sessions.Secrets;

namespace Orleans.Sessions.Gateway.Tests.Harness;

/// <summary>The whole gateway on a real port, with grains that the test provides.</summary>
public sealed class GatewayServer : IAsyncDisposable
{
    private readonly List<IDisposable> _clients = [];

    private GatewayServer(WebApplication app)
    {
        App = app;
        Address = new Uri(app.Urls.First());
    }

    /// <summary>A token that is always good.</summary>
    public static string Token { get; } = PersonalAccessToken.Create("1", "2");

    /// <summary>The protector with which this gateway decrypts keys.</summary>
    public static SecretProtector Secrets { get; } = new(new byte[SecretProtector.KeyBytes]);

    public WebApplication App { get; }

    /// <summary>The address that it listens on; the first one if there are several.</summary>
    public Uri Address { get; }

    /// <summary>Starts the gateway on a free port of its own, unless <paramref name="configure"/> names addresses.</summary>
    public static async Task<GatewayServer> StartAsync(Func<string, Task>? session = null, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");

        // Orleans' own services, without a cluster behind them.
        builder.Services.AddOrleansClient(client => client.UseLocalhostClustering());
        builder.Services.RemoveAll<IHostedService>();
        builder.Services.Replace(ServiceDescriptor.Singleton(StandInGrains.Factory(session ?? (_ => Task.CompletedTask))));
        builder.Services.AddSingleton(Secrets);
        configure?.Invoke(builder);
        builder.Services.AddSessionsGateway(builder.Configuration);

        var app = builder.Build();
        app.MapSessionsGateway();
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new GatewayServer(app);
    }

    /// <summary>A client that sends the token and uses exactly this version of HTTP.</summary>
    public HttpClient Http(Version? version = null, string? token = null, HttpMessageHandler? handler = null)
    {
        var client = new HttpClient(handler ?? new SocketsHttpHandler())
        {
            BaseAddress = Address,
            DefaultRequestVersion = version ?? System.Net.HttpVersion.Version11,
            DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        client.DefaultRequestHeaders.Add("Authorization", $"Bearer {token ?? Token}");
        _clients.Add(client);
        return client;
    }

    /// <summary>A gRPC channel. With a mode it uses gRPC-Web over HTTP/1.1.</summary>
    public GrpcChannel Channel(GrpcWebMode? mode = null)
    {
        HttpMessageHandler handler = mode is { } web ? new GrpcWebHandler(web, new SocketsHttpHandler()) : new SocketsHttpHandler();
        var channel = GrpcChannel.ForAddress(
            Address,
            new GrpcChannelOptions
            {
                HttpHandler = handler,
                HttpVersion = mode is null ? System.Net.HttpVersion.Version20 : System.Net.HttpVersion.Version11,
                MaxSendMessageSize = null,
                MaxRetryAttempts = 1,
            }
        );
        _clients.Add(channel);
        return channel;
    }

    public async ValueTask DisposeAsync()
    {
        _clients.ForEach(client => client.Dispose());
        await App.DisposeAsync();
    }
}
