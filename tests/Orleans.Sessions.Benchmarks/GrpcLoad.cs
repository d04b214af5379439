using System.Buffers.Binary;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Orleans.Sessions.Benchmarks;

/// <summary>
/// Closed-loop gRPC load from raw sockets over HTTP/2 with prior knowledge, like <see cref="HttpLoad"/> for HTTP/1.1. A client library
/// would use more of the shared cores than the service. Several calls share a connection; that is how clients use gRPC, and HTTP/1.1 cannot
/// do it.
/// </summary>
internal static class GrpcLoad
{
    internal const byte Data = 0;
    internal const byte Headers = 1;
    internal const byte Settings = 4;
    internal const byte WindowUpdate = 8;
    private const byte EndStream = 1;
    private const byte EndHeaders = 4;
    private const int HeadBytes = 9;

    /// <summary>
    /// Calls per second over <paramref name="duration"/>, with <paramref name="calls"/> calls at a time on each connection. Every answer
    /// must have a message.
    /// </summary>
    public static async Task<double> RunAsync(int port, int connections, int calls, TimeSpan duration, Func<int, GrpcRequest> request)
    {
        var clock = Stopwatch.StartNew();
        var counts = await Task.WhenAll(
            Enumerable
                .Range(0, connections)
                .Select(number => Task.Run(() => LoopAsync(port, calls, clock, duration, () => request(number))))
        );
        return counts.Sum() / clock.Elapsed.TotalSeconds;
    }

    private static async Task<long> LoopAsync(int port, int calls, Stopwatch clock, TimeSpan duration, Func<GrpcRequest> request)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, port);
        await socket.SendAsync(Opening());
        var buffer = new byte[64 * 1024];
        var answers = new GrpcAnswers();
        var requests = new MemoryStream();
        var (filled, stream, free) = (0, 1, calls);
        while (clock.Elapsed < duration)
        {
            requests.SetLength(0);
            for (; free > 0; free--, stream += 2)
            {
                requests.Write(request().OnStream(stream));
            }

            await socket.SendAsync(requests.GetBuffer().AsMemory(0, (int)requests.Length));
            while (free == 0)
            {
                var read = await socket.ReceiveAsync(buffer.AsMemory(filled));
                filled += read > 0 ? read : throw new IOException("The server closed the connection.");
                (free, var rest) = answers.Read(buffer.AsSpan(0, filled));
                buffer.AsSpan(filled - rest, rest).CopyTo(buffer);
                filled = rest;
            }
        }

        return answers.Count;
    }

    /// <summary>The preface, empty settings, and a window that no round fills.</summary>
    private static byte[] Opening()
    {
        var window = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(window, int.MaxValue - ushort.MaxValue);
        return [.. "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8, .. Frame(Settings, 0, 0, []), .. Frame(WindowUpdate, 0, 0, window)];
    }

    /// <summary>A frame of HTTP/2.</summary>
    internal static byte[] Frame(byte type, byte flags, int stream, ReadOnlySpan<byte> payload)
    {
        var frame = new byte[HeadBytes + payload.Length];
        BinaryPrimitives.WriteInt32BigEndian(frame, payload.Length << 8);
        (frame[3], frame[4]) = (type, flags);
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(5), stream);
        payload.CopyTo(frame.AsSpan(HeadBytes));
        return frame;
    }

    /// <summary>The frames of a request: its header block and its message.</summary>
    internal static byte[] RequestFrames(ReadOnlySpan<byte> headers, ReadOnlySpan<byte> message) =>
        [.. Frame(Headers, EndHeaders, 0, headers), .. Frame(Data, EndStream, 0, message)];
}

/// <summary>Counts the answered calls of one connection.</summary>
internal sealed class GrpcAnswers
{
    private const int HeadBytes = 9;
    private const byte EndStream = 1;

    private readonly HashSet<int> _withMessage = [];

    /// <summary>The number of answered calls until now.</summary>
    public long Count { get; private set; }

    /// <summary>
    /// Reads whole frames. Returns how many calls they end, and how many bytes of the next frame are left. It does not acknowledge the
    /// settings: no server requires it.
    /// </summary>
    public (int Ended, int Left) Read(ReadOnlySpan<byte> frames)
    {
        var ended = 0;
        while (frames.Length >= HeadBytes && frames.Length >= HeadBytes + Length(frames))
        {
            var (type, flags, stream) = (frames[3], frames[4], BinaryPrimitives.ReadInt32BigEndian(frames[5..]));
            frames = frames[(HeadBytes + Length(frames))..];
            if (type is not (GrpcLoad.Data or GrpcLoad.Headers or GrpcLoad.Settings or GrpcLoad.WindowUpdate))
            {
                throw new InvalidOperationException($"Unexpected frame of type {type}.");
            }

            if (type == GrpcLoad.Data)
            {
                _withMessage.Add(stream);
            }

            if (type is GrpcLoad.Data or GrpcLoad.Headers && (flags & EndStream) != 0)
            {
                ended += _withMessage.Remove(stream) ? 1 : throw new InvalidOperationException("The call failed.");
            }
        }

        Count += ended;
        return (ended, frames.Length);
    }

    private static int Length(ReadOnlySpan<byte> frame) => (frame[0] << 16) | (frame[1] << 8) | frame[2];
}

/// <summary>A gRPC call that is encoded once. Only the number of its stream changes.</summary>
internal sealed class GrpcRequest
{
    private readonly byte[] _frames;
    private readonly int _dataAt;

    /// <summary>A call of <paramref name="path"/> with a protobuf message.</summary>
    public GrpcRequest(string path, string bearer, byte[] message)
    {
        // HPACK with the names of the static table and plain values (RFC 7541 appendix A).
        byte[] headers =
        [
            0x83,
            0x86,
            .. Literal([0x04], path),
            .. Literal([0x01], "localhost"),
            .. Literal([0x0f, 0x10], "application/grpc"),
            .. Literal([0x00, 2, (byte)'t', (byte)'e'], "trailers"),
            .. Literal([0x0f, 0x08], $"Bearer {bearer}"),
        ];
        var length = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, message.Length);
        _frames = GrpcLoad.RequestFrames(headers, [0, .. length, .. message]);
        _dataAt = 9 + headers.Length;
    }

    /// <summary>The bytes of the call on this stream.</summary>
    public byte[] OnStream(int stream)
    {
        var frames = (byte[])_frames.Clone();
        BinaryPrimitives.WriteInt32BigEndian(frames.AsSpan(5), stream);
        BinaryPrimitives.WriteInt32BigEndian(frames.AsSpan(_dataAt + 5), stream);
        return frames;
    }

    private static byte[] Literal(byte[] name, string value)
    {
        var bytes = Encoding.ASCII.GetBytes(value);
        return bytes.Length switch
        {
            < 127 => [.. name, (byte)bytes.Length, .. bytes],
            < 255 => [.. name, 127, (byte)(bytes.Length - 127), .. bytes],
            _ => throw new ArgumentException("The value is too long.", nameof(value)),
        };
    }
}
