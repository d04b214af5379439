using System.IO.Compression;
using System.IO.Pipelines;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Microsoft.AspNetCore.Http;
using Orleans.Sessions.Gateway.Errors;

namespace Orleans.Sessions.Gateway.Calls;

/// <summary>Reads the whole body of a request that may be compressed (RFC 9110 §8.4).</summary>
internal static class EncodedBody
{
    private const string Gzip = "gzip";

    /// <summary>The failure of a body that is compressed by a method this service does not know.</summary>
    public static InvalidRequestException UnknownEncoding() =>
        new($"unknown compression: supported encodings are {Gzip}")
        {
            Code = ErrorCode.Unimplemented,
            HttpStatus = StatusCodes.Status415UnsupportedMediaType,
        };

    /// <summary>The message in the body. Failures are those of <see cref="UnreadableRequest"/>.</summary>
    public static async Task<IMessage> ReadAsync(
        HttpRequest request,
        MessageDescriptor type,
        Func<ReadOnlyMemory<byte>, MessageDescriptor, IMessage> parse,
        CancellationToken cancellationToken
    )
    {
        var encoding = request.Headers.ContentEncoding.ToString();
        if (encoding.Length == 0 || encoding.Equals("identity", StringComparison.OrdinalIgnoreCase))
        {
            return await RequestBody.ReadAsync(request.BodyReader, type, parse, cancellationToken);
        }

        if (encoding.Equals(Gzip, StringComparison.OrdinalIgnoreCase))
        {
            return await ReadGzipAsync(request.Body, type, parse, cancellationToken);
        }

        // The answer says what could be sent instead (RFC 9110 §12.5.3).
        request.HttpContext.Response.Headers.AcceptEncoding = Gzip;
        throw UnknownEncoding();
    }

    /// <summary>The limit counts the decompressed bytes, so a small body cannot become a large one.</summary>
    private static async Task<IMessage> ReadGzipAsync(
        Stream body,
        MessageDescriptor type,
        Func<ReadOnlyMemory<byte>, MessageDescriptor, IMessage> parse,
        CancellationToken cancellationToken
    )
    {
        await using var plain = new GZipStream(body, CompressionMode.Decompress, leaveOpen: true);
        var reader = PipeReader.Create(plain);
        try
        {
            return await RequestBody.ReadAsync(reader, type, parse, cancellationToken);
        }
        catch (InvalidDataException)
        {
            throw new InvalidRequestException("the request body is not gzip");
        }
        finally
        {
            await reader.CompleteAsync();
        }
    }
}
