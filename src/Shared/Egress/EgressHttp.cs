using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;

namespace Orleans.Sessions.Egress;

/// <summary>
/// Makes the HTTP clients that this service calls others with: no redirects, no cookies, and no connection that <see cref="EgressRules"/> do not allow. The address is
/// judged when the connection is made, so a name that answers differently the second time does not get past.
/// </summary>
internal sealed partial class EgressHttp(EgressRules rules, ILogger<EgressHttp> log)
{
    private static readonly TimeSpan s_connectsWithin = TimeSpan.FromSeconds(3);

    /// <summary>Connections follow changes of names.</summary>
    private static readonly TimeSpan s_connectionLifetime = TimeSpan.FromMinutes(2);

    /// <summary>A client.</summary>
    /// <param name="timeout">How long a request takes at most.</param>
    /// <param name="maxResponse">The largest answer that is read, bytes.</param>
    public HttpClient Create(TimeSpan timeout, int maxResponse)
    {
        var sockets = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            ConnectTimeout = s_connectsWithin,
            PooledConnectionLifetime = s_connectionLifetime,
            ConnectCallback = ConnectAsync,
        };
        return new HttpClient(new Judge(this) { InnerHandler = sockets }) { Timeout = timeout, MaxResponseContentBufferSize = maxResponse };
    }

    /// <summary>The proxy of the environment for such requests; it resolves names itself.</summary>
    private static Uri? ProxyFor(Uri uri) => HttpClient.DefaultProxy.IsBypassed(uri) ? null : HttpClient.DefaultProxy.GetProxy(uri);

    private static bool IsProxy(DnsEndPoint endpoint) => new[] { Uri.UriSchemeHttp, Uri.UriSchemeHttps }
        .Any(scheme => ProxyFor(new Uri($"{scheme}://proxied.example")) is { } proxy && proxy.IdnHost == endpoint.Host && proxy.Port == endpoint.Port);

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var endpoint = context.DnsEndPoint;
        var addresses = await Dns.GetHostAddressesAsync(endpoint.Host, cancellationToken);
        var allowed = IsProxy(endpoint) ? addresses : [.. addresses.Where(address => rules.Allows(endpoint.Host, endpoint.Port, address))];
        if (allowed.Length == 0)
        {
            throw Refusal(endpoint.Host, endpoint.Port);
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, endpoint.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Behind a proxy only the request tells where it goes.</summary>
    private async Task EnsureAllowedAsync(Uri uri, CancellationToken cancellationToken)
    {
        if (!rules.AllowsScheme(uri))
        {
            throw Refusal(uri.IdnHost, uri.Port);
        }

        if (ProxyFor(uri) is null)
        {
            return;
        }

        try
        {
            var addresses = await Dns.GetHostAddressesAsync(uri.IdnHost, cancellationToken);
            if (!addresses.Any(address => rules.Allows(uri.IdnHost, uri.Port, address)))
            {
                throw Refusal(uri.IdnHost, uri.Port);
            }
        }
        catch (SocketException)
        {
            // A name that only the proxy knows is judged by the proxy.
        }
    }

    private HttpRequestException Refusal(string host, int port)
    {
        Refused(log, host, port);
        return new HttpRequestException(HttpRequestError.ConnectionError, "Connections to this address are not allowed.");
    }

    [LoggerMessage(
        LogLevel.Warning,
        "A request to {Host}:{Port} was not sent: it is no public address with TLS, and Sessions:Egress does not allow it")]
    private static partial void Refused(ILogger log, string host, int port);

    private sealed class Judge(EgressHttp egress) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            await egress.EnsureAllowedAsync(request.RequestUri!, cancellationToken);
            return await base.SendAsync(request, cancellationToken);
        }
    }
}
