using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Orleans.Sessions.Gateway.Calls;
using Orleans.Sessions.Gateway.Errors;

namespace Orleans.Sessions.Gateway.Rpc;

/// <summary>
/// Reads the one message of a request. gRPC puts a prefix before it: whether it is compressed (1 byte), and its length (4 bytes).
/// </summary>
internal static class GrpcMessage
{
    /// <summary>The length of the prefix, in bytes.</summary>
    public const int PrefixBytes = 5;

    /// <summary>The encodings that requests may have, as <c>grpc-accept-encoding</c> lists them.</summary>
    public const string Encodings = "identity,gzip,deflate";

    /// <summary>
    /// The reader for the encoding that <c>grpc-encoding</c> names. This method and the reader fail with
    /// <see cref="InvalidRequestException"/>.
    /// </summary>
    public static Func<ReadOnlyMemory<byte>, MessageDescriptor, IMessage> ReaderOf(string encoding) =>
        encoding switch
        {
            "" or "identity" => ReadPlain,
            "gzip" => ReadGzip,
            "deflate" => ReadDeflate,
            _ => throw new InvalidRequestException($"unknown compression: supported encodings are {Encodings}")
            {
                Code = ErrorCode.Unimplemented,
            },
        };

    /// <summary>Whether the whole message that the prefix announces has arrived.</summary>
    public static bool IsWhole(ReadOnlySequence<byte> body)
    {
        Span<byte> prefix = stackalloc byte[PrefixBytes];
        if (body.Length < PrefixBytes)
        {
            return false;
        }

        body.Slice(0, PrefixBytes).CopyTo(prefix);
        return body.Length - PrefixBytes >= BinaryPrimitives.ReadUInt32BigEndian(prefix[1..]);
    }

    private static IMessage ReadPlain(ReadOnlyMemory<byte> body, MessageDescriptor type) => Read(body, type, null);

    private static IMessage ReadGzip(ReadOnlyMemory<byte> body, MessageDescriptor type) =>
        Read(body, type, static bytes => new GZipStream(bytes, CompressionMode.Decompress));

    private static IMessage ReadDeflate(ReadOnlyMemory<byte> body, MessageDescriptor type) =>
        Read(body, type, static bytes => new ZLibStream(bytes, CompressionMode.Decompress));

    private static IMessage Read(ReadOnlyMemory<byte> body, MessageDescriptor type, Func<Stream, Stream>? decompress)
    {
        if (body.Length < PrefixBytes || BinaryPrimitives.ReadUInt32BigEndian(body.Span[1..]) != body.Length - PrefixBytes)
        {
            throw new InvalidRequestException("the request must be exactly one message");
        }

        var message = body.Span[PrefixBytes..];
        return (body.Span[0], decompress) switch
        {
            (0, _) => BinaryMessage.Read(message, type),
            (1, { } open) => BinaryMessage.Read(Decompress(message, open), type),
            _ => throw new InvalidRequestException("the message is compressed, but grpc-encoding does not name a compression"),
        };
    }

    /// <summary>The limit counts the decompressed bytes, so a small message cannot become a large one.</summary>
    private static ReadOnlySpan<byte> Decompress(ReadOnlySpan<byte> message, Func<Stream, Stream> decompress)
    {
        using var stream = decompress(new MemoryStream(message.ToArray()));
        var plain = new ArrayBufferWriter<byte>();
        try
        {
            while (stream.Read(plain.GetSpan()) is > 0 and var count)
            {
                plain.Advance(count);
                if (plain.WrittenCount > RequestBody.MaxBytes)
                {
                    throw UnreadableRequest.TooLarge();
                }
            }
        }
        catch (InvalidDataException)
        {
            throw new InvalidRequestException("the message does not have the compression that grpc-encoding names");
        }

        return plain.WrittenSpan;
    }
}
