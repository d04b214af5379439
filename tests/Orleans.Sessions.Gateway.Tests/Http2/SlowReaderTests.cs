using System.Diagnostics;
using System.Net.Sockets;
using System.Text;

namespace Orleans.Sessions.Gateway.Tests.Http2;

/// <summary>Clients that ask for more than they read.</summary>
public sealed class SlowReaderTests
{
    private const int BytesPerSecond = 100_000;
    private const int Requests = 1000;

    /// <summary>
    /// The server keeps some 200 KB for a client, and waits five seconds for each of its writes. Without a bound, Linux alone would keep
    /// 3 MB, and the server would wait for half a minute.
    /// </summary>
    private static readonly TimeSpan s_closedWithin = TimeSpan.FromSeconds(15);

    [Fact]
    public async Task Who_does_not_read_is_cut_off_whatever_the_operating_system_would_keep()
    {
        await using var server = await GatewayServer.StartAsync(configure: builder =>
            builder.Configuration["Sessions:Http:MinBytesPerSecond"] = $"{BytesPerSecond}"
        );
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 4096 };
        await socket.ConnectAsync(server.Address.Host, server.Address.Port, TestContext.Current.CancellationToken);
        var request = Encoding.ASCII.GetBytes(
            $"GET /v2/sessions/{StandInGrains.Large} HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer {GatewayServer.Token}\r\n\r\n"
        );
        var since = Stopwatch.StartNew();

        // The server stops reading requests when it cannot answer them, so the client does not get rid of all of them either.
        var sending = SendAsync(socket, request);
        var isClosed = await Task.Run(() => socket.Poll(s_closedWithin, SelectMode.SelectError), TestContext.Current.CancellationToken);

        Assert.True(isClosed, $"The connection is still open after {since.Elapsed}.");
        await sending;
    }

    private static async Task SendAsync(Socket socket, byte[] request)
    {
        try
        {
            for (var i = 0; i < Requests; i++)
            {
                await socket.SendAsync(request, TestContext.Current.CancellationToken);
            }
        }
        catch (SocketException)
        {
            // The server has closed the connection.
        }
    }
}
