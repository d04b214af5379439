using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Orleans.Sessions.Gateway.Http2;

/// <summary>
/// The server of the application: a Kestrel on the network, and a second Kestrel for HTTP/2 that takes over connections from the first.
/// </summary>
internal sealed class BothVersionsServer(IServer network, KestrelServer http2) : IServer
{
    public IFeatureCollection Features => network.Features;

    public async Task StartAsync<TContext>(IHttpApplication<TContext> application, CancellationToken cancellationToken)
        where TContext : notnull
    {
        await http2.StartAsync(application, cancellationToken);
        await network.StartAsync(application, cancellationToken);
    }

    /// <summary>Stops both servers at once: the network server waits for connections that only the HTTP/2 server can end.</summary>
    public Task StopAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(network.StopAsync(cancellationToken), http2.StopAsync(cancellationToken));

    public void Dispose()
    {
        network.Dispose();
        http2.Dispose();
    }
}
