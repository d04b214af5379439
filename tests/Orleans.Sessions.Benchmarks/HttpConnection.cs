using System.Buffers.Text;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Orleans.Sessions.Benchmarks;

/// <summary>
/// One HTTP/1.1 connection over a raw socket. It does as little as possible, because it shares the cores with the measured server.
/// </summary>
internal sealed class HttpConnection : IDisposable
{
    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] _buffer = new byte[64 * 1024];
    private int _filled;

    /// <summary>The last answer, head and body.</summary>
    public string Answer => Encoding.UTF8.GetString(_buffer, 0, _filled);

    public static async Task<HttpConnection> OpenAsync(int port)
    {
        var connection = new HttpConnection();
        await connection._socket.ConnectAsync(IPAddress.Loopback, port);
        return connection;
    }

    /// <summary>Sends a request and reads its answer, which must have <paramref name="status"/>.</summary>
    public async Task SendAsync(byte[] request, string status)
    {
        await _socket.SendAsync(request);
        _filled = 0;
        do
        {
            var read = await _socket.ReceiveAsync(_buffer.AsMemory(_filled));
            if (read == 0)
            {
                throw new IOException("The server closed the connection.");
            }

            _filled += read;
        } while (!IsComplete(_buffer.AsSpan(0, _filled)));

        if (!_buffer.AsSpan("HTTP/1.1 ".Length).StartsWith(Encoding.ASCII.GetBytes(status)))
        {
            throw new InvalidOperationException(Answer);
        }
    }

    public void Dispose() => _socket.Dispose();

    private static bool IsComplete(ReadOnlySpan<byte> answer)
    {
        var headEnd = answer.IndexOf("\r\n\r\n"u8);
        if (headEnd < 0)
        {
            return false;
        }

        var body = answer[(headEnd + 4)..];
        var length = answer.IndexOf("Content-Length: "u8);
        if (length >= 0 && length < headEnd)
        {
            return Utf8Parser.TryParse(answer[(length + 16)..], out int expected, out _) && body.Length >= expected;
        }

        return body.EndsWith("0\r\n\r\n"u8);
    }
}
