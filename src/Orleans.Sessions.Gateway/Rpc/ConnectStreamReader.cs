using System.Buffers;
using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.IO.Pipelines;
using Google.Protobuf;
using Grpc.Core;

namespace Orleans.Sessions.Gateway.Rpc;

/// <summary>
/// Reads the messages of a Connect stream. Five bytes precede each message: flags (1 byte), and the length in network order (4 bytes).
/// </summary>
internal sealed class ConnectStreamReader<T>(PipeReader body, MessageParser<T> parser, int maxBytes) : IAsyncStreamReader<T>
    where T : class, IMessage<T>
{
    private const int HeadBytes = 5;

    public T Current { get; private set; } = null!;

    /// <summary>Fails with <see cref="InvalidDataException"/> if the next message is compressed, too long or cut off.</summary>
    public async Task<bool> MoveNext(CancellationToken cancellationToken)
    {
        while (true)
        {
            var read = await body.ReadAsync(cancellationToken);
            var isEmpty = read.Buffer.IsEmpty;
            var (message, end) = ((T?)null, read.Buffer.End);
            try
            {
                if (TryRead(read.Buffer, out message, out end))
                {
                    Current = message;
                    return true;
                }
            }
            finally
            {
                body.AdvanceTo(message is null ? read.Buffer.Start : end, end);
            }

            if (read.IsCompleted)
            {
                return isEmpty ? false : throw new InvalidDataException("the stream ends inside a message");
            }
        }
    }

    private bool TryRead(ReadOnlySequence<byte> bytes, [NotNullWhen(true)] out T? message, out SequencePosition end)
    {
        (message, end) = (null, bytes.End);
        if (bytes.Length < HeadBytes)
        {
            return false;
        }

        Span<byte> head = stackalloc byte[HeadBytes];
        bytes.Slice(0, HeadBytes).CopyTo(head);
        var length = BinaryPrimitives.ReadUInt32BigEndian(head[1..]);
        if (head[0] != 0 || length > maxBytes)
        {
            throw new InvalidDataException("a message is compressed or too large");
        }

        if (bytes.Length < HeadBytes + length)
        {
            return false;
        }

        var payload = bytes.Slice(HeadBytes, length);
        message = parser.ParseFrom(payload);
        end = payload.End;
        return true;
    }
}
