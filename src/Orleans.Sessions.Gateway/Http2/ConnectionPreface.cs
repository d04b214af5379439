using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;

namespace Orleans.Sessions.Gateway.Http2;

/// <summary>
/// The 24 bytes with which an HTTP/2 client opens every connection (RFC 9113 §3.4). A frame follows at once. A client that sends the bytes
/// and no frame is waited for here, because the HTTP/2 server would give it the time of a connection between two requests.
/// </summary>
internal static class ConnectionPreface
{
    /// <summary>What every frame begins with (RFC 9113 §4.1).</summary>
    private const int FrameHeaderBytes = 9;

    private static ReadOnlySpan<byte> Preface => "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8;

    /// <summary>
    /// Whether a connection begins with the preface and a frame; <c>null</c> if it has not sent enough bytes within
    /// <paramref name="patience"/>. The bytes stay in the pipe for the next reader. The first byte usually decides.
    /// </summary>
    public static async ValueTask<bool?> IsNextAsync(PipeReader input, TimeSpan patience)
    {
        using var silence = new CancellationTokenSource(patience);
        try
        {
            while (true)
            {
                var read = await input.ReadAsync(silence.Token);
                var isPossible = IsPrefixOfPreface(read.Buffer);
                var isWhole = read.Buffer.Length >= Preface.Length + FrameHeaderBytes;
                var isDecided = !isPossible || isWhole || read.IsCompleted || read.IsCanceled;
                input.AdvanceTo(read.Buffer.Start, isDecided ? read.Buffer.Start : read.Buffer.End);
                if (isDecided)
                {
                    return isPossible && isWhole;
                }
            }
        }
        catch (OperationCanceledException)
        {
            return null;
        }
        catch (IOException)
        {
            // The connection is lost. The server notices that itself and reports it in its own way.
            return false;
        }
    }

    private static bool IsPrefixOfPreface(ReadOnlySequence<byte> bytes)
    {
        Span<byte> start = stackalloc byte[(int)Math.Min(bytes.Length, Preface.Length)];
        bytes.Slice(0, start.Length).CopyTo(start);
        return Preface.StartsWith(start);
    }
}
