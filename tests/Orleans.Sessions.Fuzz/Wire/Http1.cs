using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Orleans.Sessions.Fuzz.Wire;

/// <summary>Sends requests byte by byte over HTTP/1.1, each on a connection of its own.</summary>
public sealed class Http1(Uri address, TimeSpan patience)
{
    private const int MaxReply = 8 * 1024 * 1024;

    public async Task<FuzzReply> SendAsync(FuzzRequest request)
    {
        var clock = Stopwatch.StartNew();
        using var lost = new CancellationTokenSource(patience);
        try
        {
            using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await socket.ConnectAsync(IPAddress.Loopback, address.Port, lost.Token);
            var sending = WriteAsync(socket, request, lost.Token);
            var reply = await ReadAsync(socket, request.Verb == "HEAD", lost.Token) with { Elapsed = clock.Elapsed };
            socket.Close();
            await sending;
            return reply;
        }
        catch (OperationCanceledException)
        {
            return new FuzzReply { IsLost = true, Elapsed = clock.Elapsed };
        }
        catch (Exception exception) when (exception is SocketException or IOException)
        {
            return new FuzzReply { Elapsed = clock.Elapsed };
        }
    }

    /// <summary>The bytes of a request.</summary>
    public byte[] Bytes(FuzzRequest request)
    {
        var head = new StringBuilder($"{request.Verb} {request.Target} HTTP/1.1\r\n");
        if (!request.Headers.Any(header => header.Name.Equals("host", StringComparison.OrdinalIgnoreCase)))
        {
            head.Append(CultureInfo.InvariantCulture, $"Host: {address.Authority}\r\n");
        }

        foreach (var (name, value) in request.Headers)
        {
            head.Append(CultureInfo.InvariantCulture, $"{name}: {value}\r\n");
        }

        if (
            request.Body is { } body
            && !request.Headers.Any(header => header.Name.Equals("content-length", StringComparison.OrdinalIgnoreCase))
        )
        {
            head.Append(CultureInfo.InvariantCulture, $"Content-Length: {body.Length}\r\n");
        }

        return
        [
            .. Encoding.Latin1.GetBytes(head.Append("\r\n").ToString()),
            .. request.Body.AsSpan(0, request.CutAt ?? request.Body?.Length ?? 0),
        ];
    }

    /// <summary>A service that refuses a request may close the connection while the request is still being sent.</summary>
    private async Task WriteAsync(Socket socket, FuzzRequest request, CancellationToken cancellationToken)
    {
        try
        {
            for (ReadOnlyMemory<byte> left = Bytes(request); !left.IsEmpty; )
            {
                left = left[await socket.SendAsync(left, cancellationToken)..];
            }

            if (request.CutAt is not null)
            {
                socket.Shutdown(SocketShutdown.Send);
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // The answer, or its absence, tells enough.
        }
    }

    private static async Task<FuzzReply> ReadAsync(Socket socket, bool isHead, CancellationToken cancellationToken)
    {
        var received = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (received.Length < MaxReply)
        {
            var count = await socket.ReceiveAsync(buffer, cancellationToken);
            received.Write(buffer, 0, count);
            if (Parse(received.GetBuffer().AsMemory(0, (int)received.Length), isHead, isEnd: count == 0) is { } reply)
            {
                return reply;
            }

            if (count == 0)
            {
                return new FuzzReply();
            }
        }

        throw new IOException("The answer is too large.");
    }

    /// <summary>The answer, as soon as it is complete.</summary>
    private static FuzzReply? Parse(ReadOnlyMemory<byte> received, bool isHead, bool isEnd)
    {
        var headLength = received.Span.IndexOf("\r\n\r\n"u8);
        if (headLength < 0)
        {
            return null;
        }

        var lines = Encoding.Latin1.GetString(received.Span[..headLength]).Split("\r\n");
        var status = int.Parse(lines[0].AsSpan(9, 3), CultureInfo.InvariantCulture);
        if (status == 100)
        {
            return Parse(received[(headLength + 4)..], isHead, isEnd);
        }

        var headers = lines
            .Skip(1)
            .Select(line => line.Split(": ", 2))
            .Select(pair => (Name: pair[0], Value: pair.Length > 1 ? pair[1] : ""))
            .ToList();
        var reply = new FuzzReply { Status = status, Headers = headers };
        var body = received[(headLength + 4)..];
        if (isHead || status is 204 or 304)
        {
            return reply;
        }

        if (reply.Header("content-length") is { } length)
        {
            var count = int.Parse(length, CultureInfo.InvariantCulture);
            return body.Length >= count ? reply with { Body = body[..count].ToArray() } : null;
        }

        return reply.Header("transfer-encoding") is null
            ? isEnd
                ? reply with
                {
                    Body = body.ToArray(),
                }
                : null
            : Unchunk(body.Span) is { } whole
                ? reply with
                {
                    Body = whole,
                }
                : null;
    }

    private static byte[]? Unchunk(ReadOnlySpan<byte> chunks)
    {
        var whole = new MemoryStream();
        while (true)
        {
            var line = chunks.IndexOf("\r\n"u8);
            if (
                line < 0
                || !int.TryParse(chunks[..line], NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var count)
                || chunks.Length < line + 2 + count
            )
            {
                return null;
            }

            if (count == 0)
            {
                return whole.ToArray();
            }

            whole.Write(chunks.Slice(line + 2, count));
            chunks = chunks[Math.Min(chunks.Length, line + 4 + count)..];
        }
    }
}
