using System.Buffers.Binary;
using System.Globalization;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Microsoft.AspNetCore.Http;
using Orleans.Sessions.Gateway.Calls;
using Orleans.Sessions.Gateway.Errors;
using Orleans.Sessions.Gateway.Json;
using Orleans.Sessions.Gateway.Origins;

namespace Orleans.Sessions.Gateway.Rpc;

/// <summary>
/// gRPC's unary calls over HTTP/2: a message with a prefix in each direction, and the status in trailers. gRPC-Web is translated to gRPC
/// before.
/// </summary>
internal sealed class GrpcProtocol : RpcProtocol
{
    private const string ContentType = "application/grpc";
    private const int MaxTimeoutDigits = 8;

    private static readonly GrpcProtocol s_instance = new();

    private GrpcProtocol() { }

    /// <summary>The protocol, if a request uses gRPC over an HTTP version that has trailers; otherwise <c>null</c>.</summary>
    public static GrpcProtocol? Of(HttpRequest request)
    {
        var type = request.ContentType.AsSpan();
        if (
            !type.StartsWith(ContentType, StringComparison.OrdinalIgnoreCase)
            || HttpProtocol.IsHttp11(request.Protocol)
            || HttpProtocol.IsHttp10(request.Protocol)
        )
        {
            return null;
        }

        type = type[ContentType.Length..];
        return type.IsEmpty || type[0] == ';' || type is "+proto" || type.StartsWith("+proto;") ? s_instance : null;
    }

    /// <summary><c>grpc-timeout</c>: at most 8 digits and a unit.</summary>
    public override TimeSpan? Timeout(HttpRequest request)
    {
        if (request.Headers.GrpcTimeout is not { Count: > 0 } header)
        {
            return null;
        }

        var text = header.ToString();
        if (
            text.Length is < 2 or > MaxTimeoutDigits + 1
            || !long.TryParse(text.AsSpan(..^1), NumberStyles.None, CultureInfo.InvariantCulture, out var count)
        )
        {
            throw InvalidTimeout();
        }

        var timeout = text[^1] switch
        {
            'H' => TimeSpan.FromHours(count),
            'M' => TimeSpan.FromMinutes(count),
            'S' => TimeSpan.FromSeconds(count),
            'm' => TimeSpan.FromMilliseconds(count),
            'u' => TimeSpan.FromMicroseconds(count),
            'n' => TimeSpan.FromTicks(count / TimeSpan.NanosecondsPerTick),
            _ => throw InvalidTimeout(),
        };

        // A time longer than a timer can run counts as no timeout.
        return timeout.TotalMilliseconds <= int.MaxValue ? timeout : null;
    }

    /// <summary>
    /// Takes the message as soon as it is complete: gRPC-Web's base64 reader cannot return the same bytes again when the request ends.
    /// </summary>
    public override Task<IMessage> ReadAsync(HttpRequest request, MessageDescriptor type, CancellationToken cancellationToken) =>
        RequestBody.ReadAsync(
            request.BodyReader,
            type,
            GrpcMessage.ReaderOf(request.Headers.GrpcEncoding.ToString()),
            cancellationToken,
            GrpcMessage.IsWhole
        );

    /// <summary>Sends nothing before the end of the request, so that headers, message and trailers leave together.</summary>
    public override Task WriteAsync(HttpContext http, IMessage answer)
    {
        var response = http.Response;
        var message = AnswerFormat.Proto.Bytes(answer);
        response.ContentType = ContentType;
        var frame = response.BodyWriter.GetSpan(GrpcMessage.PrefixBytes + message.Length);
        frame[0] = 0;
        BinaryPrimitives.WriteInt32BigEndian(frame[1..], message.Length);
        message.CopyTo(frame[GrpcMessage.PrefixBytes..]);
        response.BodyWriter.Advance(GrpcMessage.PrefixBytes + message.Length);

        // Clients join headers and trailers, so the request id must be in only one of them.
        response.Headers.Remove(RequestIdHeader.Name, out var requestId);
        response.AppendTrailer("grpc-status", "0");
        response.AppendTrailer(RequestIdHeader.Name, requestId);
        return Task.CompletedTask;
    }

    public override Task WriteAsync(HttpContext http, CallFailure failure)
    {
        GrpcFailure.Write(http, failure);
        return Task.CompletedTask;
    }

    private static InvalidRequestException InvalidTimeout() => new("grpc-timeout must be a number of at most 8 digits and a unit");
}
