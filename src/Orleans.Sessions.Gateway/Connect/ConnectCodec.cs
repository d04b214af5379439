using System.Net.Mime;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Microsoft.AspNetCore.Http;
using Orleans.Sessions.Gateway.Rest;
using Orleans.Sessions.Gateway.Validation;

namespace Orleans.Sessions.Gateway.Connect;

/// <summary>One of the two ways messages are written on Connect; an answer is written like its request.</summary>
internal sealed class ConnectCodec
{
    /// <summary>Proto3 JSON.</summary>
    public static readonly ConnectCodec Json = new(MediaTypeNames.Application.Json, MessageJsonReader.Read, RestResponse.Encode);

    /// <summary>Protobuf's binary format.</summary>
    public static readonly ConnectCodec Proto = new("application/proto", ReadProto, MessageExtensions.ToByteArray);

    private ConnectCodec(string contentType, Func<ReadOnlyMemory<byte>, MessageDescriptor, IMessage> read, Func<IMessage, byte[]> write) =>
        (ContentType, Read, Write) = (contentType, read, write);

    /// <summary>The content type of requests and answers.</summary>
    public string ContentType { get; }

    /// <summary>The message in some bytes. Fails with <see cref="InvalidRequestException"/>.</summary>
    public Func<ReadOnlyMemory<byte>, MessageDescriptor, IMessage> Read { get; }

    /// <summary>The bytes of a message.</summary>
    public Func<IMessage, byte[]> Write { get; }

    /// <summary>The codec of a request, by its content type, with or without parameters; <c>null</c> when it is neither.</summary>
    public static ConnectCodec? Of(HttpRequest request)
    {
        var type = request.ContentType.AsSpan();
        var parameters = type.IndexOf(';');
        type = (parameters < 0 ? type : type[..parameters]).Trim();
        return type.Equals(Json.ContentType, StringComparison.OrdinalIgnoreCase) ? Json
            : type.Equals(Proto.ContentType, StringComparison.OrdinalIgnoreCase) ? Proto
            : null;
    }

    private static IMessage ReadProto(ReadOnlyMemory<byte> bytes, MessageDescriptor type)
    {
        try
        {
            return type.Parser.ParseFrom(bytes.Span);
        }
        catch (InvalidProtocolBufferException)
        {
            throw new InvalidRequestException($"proto: invalid {type.Name}");
        }
    }
}
