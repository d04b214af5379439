using System.Globalization;
using System.IO.Compression;
using System.IO.Pipelines;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Microsoft.AspNetCore.Http;
using Orleans.Sessions.Gateway.Calls;
using Orleans.Sessions.Gateway.Errors;

namespace Orleans.Sessions.Gateway.Rpc;

/// <summary>
/// Reads the parts of a Connect request: version, timeout, compression, message. Every failure is an <see cref="InvalidRequestException"/>.
/// </summary>
internal static class ConnectRequest
{
    private const int MaxTimeoutDigits = 10;

    /// <summary>The version is optional. The only valid version is 1.</summary>
    public static void CheckVersion(HttpRequest request)
    {
        var version = request.Headers["connect-protocol-version"];
        if (version.Count > 0 && version != "1")
        {
            throw new InvalidRequestException("connect-protocol-version must be \"1\"");
        }
    }

    /// <summary>How long the client waits; <c>null</c> if the request does not say.</summary>
    public static TimeSpan? Timeout(HttpRequest request)
    {
        if (request.Headers["connect-timeout-ms"] is not { Count: > 0 } header)
        {
            return null;
        }

        var text = header.ToString();
        return text.Length <= MaxTimeoutDigits && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds)
            ? TimeSpan.FromMilliseconds(Math.Min(milliseconds, int.MaxValue))
            : throw new InvalidRequestException("connect-timeout-ms must be a number of at most 10 digits");
    }

    /// <summary>The message in the body.</summary>
    public static async Task<IMessage> ReadAsync(
        HttpRequest request,
        Func<ReadOnlyMemory<byte>, MessageDescriptor, IMessage> read,
        MessageDescriptor type,
        CancellationToken cancellationToken
    )
    {
        switch (request.Headers.ContentEncoding.ToString())
        {
            case "" or "identity":
                return await RequestBody.ReadAsync(request.BodyReader, type, read, cancellationToken);
            case "gzip":
                return await ReadGzipAsync(request.Body, read, type, cancellationToken);
            default:
                throw new InvalidRequestException("unknown compression: supported encodings are gzip") { Code = ErrorCode.Unimplemented };
        }
    }

    /// <summary>The limit counts the decompressed bytes, so a small body cannot become a large one.</summary>
    private static async Task<IMessage> ReadGzipAsync(
        Stream body,
        Func<ReadOnlyMemory<byte>, MessageDescriptor, IMessage> read,
        MessageDescriptor type,
        CancellationToken cancellationToken
    )
    {
        await using var plain = new GZipStream(body, CompressionMode.Decompress, leaveOpen: true);
        var reader = PipeReader.Create(plain);
        try
        {
            return await RequestBody.ReadAsync(reader, type, read, cancellationToken);
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
