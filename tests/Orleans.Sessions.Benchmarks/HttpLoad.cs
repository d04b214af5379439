using System.Buffers.Text;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Orleans.Sessions.Benchmarks;

/// <summary>
/// Closed-loop HTTP/1.1 load from raw sockets. Each connection sends the next request when it has read the answer to the last one. It does
/// as little as possible, because it shares the cores with the measured server.
/// </summary>
internal static class HttpLoad
{
    /// <summary>Requests per second over <paramref name="duration"/>; every answer must have <paramref name="status"/>.</summary>
    public static async Task<double> RunAsync(int port, int connections, TimeSpan duration, string status, Func<int, byte[]> request)
    {
        var clock = Stopwatch.StartNew();
        var counts = await Task.WhenAll(
            Enumerable
                .Range(0, connections)
                .Select(number => Task.Run(() => LoopAsync(port, clock, duration, status, () => request(number))))
        );
        return counts.Sum() / clock.Elapsed.TotalSeconds;
    }

    /// <summary>One HTTP/1.1 request as bytes.</summary>
    public static byte[] Request(string method, string path, string? bearer, string? json)
    {
        var head = new StringBuilder($"{method} {path} HTTP/1.1\r\nHost: localhost\r\n");
        if (bearer is not null)
        {
            head.Append($"Authorization: Bearer {bearer}\r\n");
        }

        if (json is not null)
        {
            head.Append($"Content-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(json)}\r\n");
        }

        return Encoding.UTF8.GetBytes(head.Append("\r\n").Append(json).ToString());
    }

    /// <summary>A form as one HTTP/1.1 request of a client that authenticates with id and secret.</summary>
    public static byte[] Form(string path, string basic, string form) =>
        Encoding.UTF8.GetBytes(
            $"POST {path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Basic {basic}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {form.Length}\r\n\r\n{form}"
        );

    private static async Task<long> LoopAsync(int port, Stopwatch clock, TimeSpan duration, string status, Func<byte[]> request)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, port);
        var buffer = new byte[64 * 1024];
        long count = 0;
        while (clock.Elapsed < duration)
        {
            await socket.SendAsync(request());
            await ReadAnswerAsync(socket, buffer, status);
            count++;
        }

        return count;
    }

    private static async Task ReadAnswerAsync(Socket socket, byte[] buffer, string status)
    {
        var filled = 0;
        while (true)
        {
            var read = await socket.ReceiveAsync(buffer.AsMemory(filled));
            if (read == 0)
            {
                throw new IOException("The server closed the connection.");
            }

            filled += read;
            if (IsComplete(buffer.AsSpan(0, filled)))
            {
                break;
            }
        }

        if (!buffer.AsSpan("HTTP/1.1 ".Length).StartsWith(Encoding.ASCII.GetBytes(status)))
        {
            throw new InvalidOperationException(Encoding.UTF8.GetString(buffer, 0, filled));
        }
    }

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
