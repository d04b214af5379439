using System.Net.Mime;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Orleans.Sessions.Gateway.Rest;
using Orleans.Sessions.Gateway.Validation;

namespace Orleans.Sessions.Gateway.Connect;

/// <summary>The two ways messages are written on Connect; an answer is written like its request.</summary>
internal static class ConnectCodec
{
    public const string Json = MediaTypeNames.Application.Json;
    public const string Proto = "application/proto";

    /// <summary>Has routing choose Connect by content type, and what is neither Connect's nor gRPC's refused.</summary>
    public static IAcceptsMetadata Accepted { get; } = new AcceptsMetadata([Json, Proto]);

    /// <summary>Whether a request is in protobuf; the other is JSON.</summary>
    public static bool IsProto(HttpRequest request) => request.ContentType!.StartsWith(Proto, StringComparison.OrdinalIgnoreCase);

    /// <summary>The message in protobuf. Fails with <see cref="InvalidRequestException"/>.</summary>
    public static IMessage ReadProto(ReadOnlyMemory<byte> bytes, MessageDescriptor type)
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

    /// <summary>The message as it goes into a body.</summary>
    public static byte[] Write(IMessage message, bool asProto) => asProto ? message.ToByteArray() : RestResponse.Encode(message);
}
