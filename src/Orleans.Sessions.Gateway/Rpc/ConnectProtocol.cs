using System.Net.Mime;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Microsoft.AspNetCore.Http;
using Orleans.Sessions.Gateway.Calls;
using Orleans.Sessions.Gateway.Errors;
using Orleans.Sessions.Gateway.Json;

namespace Orleans.Sessions.Gateway.Rpc;

/// <summary>Connect: unary calls as plain HTTP requests, in JSON or protobuf. The answer has the format of the request.</summary>
internal sealed class ConnectProtocol : RpcProtocol
{
    /// <summary>With proto3 JSON.</summary>
    public static readonly ConnectProtocol Json = new(MediaTypeNames.Application.Json, IgnoredFields.ReaderOf, AnswerFormat.Json);

    /// <summary>With protobuf's binary format.</summary>
    public static readonly ConnectProtocol Proto = new("application/proto", _ => ReadProto, AnswerFormat.Proto);

    private readonly Func<HttpContext, Func<ReadOnlyMemory<byte>, MessageDescriptor, IMessage>> _readerOf;
    private readonly AnswerFormat _format;

    private ConnectProtocol(
        string contentType,
        Func<HttpContext, Func<ReadOnlyMemory<byte>, MessageDescriptor, IMessage>> readerOf,
        AnswerFormat format
    ) => (ContentType, _readerOf, _format) = (contentType, readerOf, format);

    /// <summary>The content type of requests and answers.</summary>
    public string ContentType { get; }

    /// <summary>The variant that a request uses, by its content type, with or without parameters; <c>null</c> if it uses neither.</summary>
    public static ConnectProtocol? Of(HttpRequest request)
    {
        var type = request.ContentType.AsSpan();
        var parameters = type.IndexOf(';');
        type = (parameters < 0 ? type : type[..parameters]).Trim();
        return type.Equals(Json.ContentType, StringComparison.OrdinalIgnoreCase) ? Json
            : type.Equals(Proto.ContentType, StringComparison.OrdinalIgnoreCase) ? Proto
            : null;
    }

    public override TimeSpan? Timeout(HttpRequest request) => ConnectRequest.Timeout(request);

    public override Task<IMessage> ReadAsync(HttpRequest request, MessageDescriptor type, CancellationToken cancellationToken)
    {
        ConnectRequest.CheckVersion(request);
        return EncodedBody.ReadAsync(request, type, _readerOf(request.HttpContext), cancellationToken);
    }

    public override Task WriteAsync(HttpContext http, IMessage answer) =>
        ConnectResponse.WriteAsync(http, ContentType, _format.Bytes(answer));

    public override Task WriteAsync(HttpContext http, CallFailure failure) => ConnectError.WriteAsync(http, failure);

    private static IMessage ReadProto(ReadOnlyMemory<byte> bytes, MessageDescriptor type) => BinaryMessage.Read(bytes.Span, type);
}
