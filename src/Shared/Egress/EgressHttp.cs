using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;

namespace Orleans.Sessions.Egress;

/// <summary>
/// Creates the HTTP clients for calls to other services. They follow no redirects and keep no cookies, and they make only connections that
/// <see cref="EgressRules"/> allow. The address is checked when the connection is made. So the check also covers a host name that resolves
/// to another address the second time.
/// </summary>
internal sealed partial class EgressHttp(EgressRules rules, ILogger<EgressHttp> log)
{
    private static readonly TimeSpan s_connectsWithin = TimeSpan.FromSeconds(3);

    /// <summary>Connections are renewed, so that they follow DNS changes.</summary>
    private static readonly TimeSpan s_connectionLifetime = TimeSpan.FromMinutes(2);

    /// <summary>Creates a client.</summary>
    /// <param name="timeout">The maximum time of a request.</param>
    /// <param name="maxResponse">The maximum size of an answer, in bytes.</param>
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

    /// <summary>The environment's proxy for such a request, if any. The proxy resolves host names itself.</summary>
    private static Uri? ProxyFor(Uri uri) => HttpClient.DefaultProxy.IsBypassed(uri) ? null : HttpClient.DefaultProxy.GetProxy(uri);

    private static bool IsProxy(DnsEndPoint endpoint) =>
        new[] { Uri.UriSchemeHttp, Uri.UriSchemeHttps }.Any(scheme =>
            ProxyFor(new Uri($"{scheme}://proxied.example")) is { } proxy && proxy.IdnHost == endpoint.Host && proxy.Port == endpoint.Port
        );

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

    /// <summary>A connection to a proxy does not show the destination, so the request is checked.</summary>
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
            // If only the proxy can resolve a host name, the proxy decides about it.
        }
    }

    private HttpRequestException Refusal(string host, int port)
    {
        Refused(log, host, port);
        return new HttpRequestException(HttpRequestError.ConnectionError, "Connections to this address are not allowed.");
    }

    [LoggerMessage(
        LogLevel.Warning,
        "A request to {Host}:{Port} was not sent: the address is not public or has no TLS, and Sessions:Egress does not allow it"
    )]
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
