using System.Buffers;
using System.IO.Pipelines;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Microsoft.AspNetCore.Http;
using Orleans.Sessions.Gateway.Errors;

namespace Orleans.Sessions.Gateway.Calls;

/// <summary>Reads the whole body of a request, up to the one limit that all surfaces share.</summary>
internal static class RequestBody
{
    /// <summary>
    /// The largest body, in bytes. The largest sensible request, a session with all its metadata in base64, needs a tenth of it.
    /// </summary>
    public const int MaxBytes = 1024 * 1024;

    /// <summary>
    /// The message that <paramref name="parse"/> finds in the bytes. The bytes are valid only while <paramref name="parse"/> runs.
    /// <paramref name="parse"/> gets the whole body or, if the body states its own length, the bytes up to the point where
    /// <paramref name="isWhole"/> is true; nothing may follow them. Failures are those of <see cref="UnreadableRequest"/>.
    /// </summary>
    public static async Task<IMessage> ReadAsync(
        PipeReader reader,
        MessageDescriptor type,
        Func<ReadOnlyMemory<byte>, MessageDescriptor, IMessage> parse,
        CancellationToken cancellationToken,
        Func<ReadOnlySequence<byte>, bool>? isWhole = null
    )
    {
        IMessage? message = null;
        while (true)
        {
            var read = await reader.ReadAsync(cancellationToken);
            if (read.Buffer.Length > MaxBytes)
            {
                reader.AdvanceTo(read.Buffer.End);
                throw UnreadableRequest.TooLarge();
            }

            if (message is not null && !read.Buffer.IsEmpty)
            {
                reader.AdvanceTo(read.Buffer.End);
                throw new InvalidRequestException("the request must be exactly one message");
            }

            if (message is null && (read.IsCompleted || isWhole?.Invoke(read.Buffer) == true))
            {
                message = Parse(reader, read.Buffer, type, parse);
            }
            else
            {
                reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            }

            if (read.IsCompleted)
            {
                return message!;
            }
        }
    }

    private static IMessage Parse(
        PipeReader reader,
        ReadOnlySequence<byte> body,
        MessageDescriptor type,
        Func<ReadOnlyMemory<byte>, MessageDescriptor, IMessage> parse
    )
    {
        try
        {
            return parse(body.IsSingleSegment ? body.First : body.ToArray(), type);
        }
        finally
        {
            reader.AdvanceTo(body.End);
        }
    }
}
