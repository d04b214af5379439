using System.Buffers.Binary;
using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Orleans.Sessions.Fuzz.Wire;

/// <summary>Sends each request in the way of its surface.</summary>
public sealed class Wires(Uri address, TimeSpan patience) : IDisposable
{
    private const int PrefixBytes = 5;

    private readonly Http1 _http1 = new(address, patience);
    private readonly Http2 _http2 = new(address, patience);

    public async Task<FuzzReply> SendAsync(FuzzRequest request) =>
        request.Surface switch
        {
            Surface.Grpc => await _http2.SendAsync(request),
            Surface.GrpcWeb => OfGrpcWeb(await _http1.SendAsync(request)),
            _ => await _http1.SendAsync(request),
        };

    public void Dispose() => _http2.Dispose();

    /// <summary>Extracts the message and the status from gRPC-Web's frames.</summary>
    private static FuzzReply OfGrpcWeb(FuzzReply reply)
    {
        var body = IsText(reply) && Base64.IsValid(reply.Body) ? Convert.FromBase64String(reply.Text) : reply.Body;
        var (message, trailers) = (Array.Empty<byte>(), "");
        for (var left = body.AsSpan(); left.Length >= PrefixBytes; )
        {
            var length = (int)Math.Min(BinaryPrimitives.ReadUInt32BigEndian(left[1..]), (uint)(left.Length - PrefixBytes));
            var frame = left.Slice(PrefixBytes, length);
            (message, trailers) = (left[0] & 0x80) == 0 ? (frame.ToArray(), trailers) : (message, Encoding.Latin1.GetString(frame));
            left = left[(PrefixBytes + length)..];
        }

        var headers = trailers
            .Split("\r\n", StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(':', 2))
            .Select(pair => (pair[0], pair[^1].Trim()))
            .ToList();
        var all = reply with { Headers = [.. reply.Headers, .. headers] };
        return int.TryParse(all.Header("grpc-status"), CultureInfo.InvariantCulture, out var status)
            ? all with
            {
                GrpcStatus = status,
                Body = message,
            }
            : all;
    }

    private static bool IsText(FuzzReply reply) =>
        reply.Header("content-type")?.StartsWith("application/grpc-web-text", StringComparison.Ordinal) == true;
}
