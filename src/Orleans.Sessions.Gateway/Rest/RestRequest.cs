using System.Buffers;
using System.Collections;
using System.Globalization;
using System.Text;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;
using Orleans.Sessions.Gateway.Calls;
using Orleans.Sessions.Gateway.Errors;
using Orleans.Sessions.Gateway.Json;

namespace Orleans.Sessions.Gateway.Rest;

/// <summary>Reads a request message from body, query and path. The path wins over the body.</summary>
internal static class RestRequest
{
    /// <summary>How errors and headers call a body that has no meaning.</summary>
    private const string Body = "body";

    /// <summary>A longer body says something. It is not read to its end.</summary>
    private const int MaxBytesOfNothing = 64;

    /// <summary>
    /// The message in the body; an empty body is an empty message. So is <c>null</c> in a <c>DELETE</c>, which generated clients send.
    /// </summary>
    public static Task<IMessage> ReadBodyAsync(HttpRequest request, MessageDescriptor type)
    {
        var read = IgnoredFields.ReaderOf(request.HttpContext);
        return EncodedBody.ReadAsync(
            request,
            type,
            HttpMethods.IsDelete(request.Method) ? (json, of) => read(SaysNothing(new(json)) ? default : json, of) : read,
            request.HttpContext.RequestAborted
        );
    }

    /// <summary>
    /// The message in the query. Names are in camel or snake case. What is unknown, or can only be in a body, is ignored or refused as in
    /// JSON (<see cref="KnownFields"/>). So is a body, which has no meaning for such a request.
    /// </summary>
    public static async ValueTask<IMessage> ReadQueryAsync(HttpRequest request, MessageDescriptor type)
    {
        var message = type.Parser.ParseFrom(ByteString.Empty);
        var hasBody = await HasBodyAsync(request);
        if (!request.QueryString.HasValue && !hasBody)
        {
            return message;
        }

        var ignored = new IgnoredFields();
        if (hasBody)
        {
            Ignore(FieldPath.Request.Field(Body), type, ignored);
        }

        foreach (var (name, values) in request.Query)
        {
            if (!TrySet(message, name.Split('.'), values))
            {
                Ignore(FieldPath.Request.Field(name), type, ignored);
            }
        }

        ignored.Keep(request.HttpContext);
        return message;
    }

    /// <summary>Puts the variables of the path into the message.</summary>
    public static void ApplyRoute(IMessage message, HttpContext http)
    {
        foreach (var (name, value) in http.Request.RouteValues)
        {
            if (message.Descriptor.FindFieldByName(name) is { } field)
            {
                Set(message, field, PathVariable.Unescape(http, name, (string)value!));
            }
        }
    }

    /// <summary>Whether there is a body that says something. Its length may be known at its end only.</summary>
    private static async ValueTask<bool> HasBodyAsync(HttpRequest request)
    {
        if (request.HttpContext.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: false })
        {
            return false;
        }

        if (request.ContentLength is 0 or > MaxBytesOfNothing)
        {
            return request.ContentLength > 0;
        }

        while (true)
        {
            var read = await request.BodyReader.ReadAsync(request.HttpContext.RequestAborted);
            if (read.IsCompleted || read.Buffer.Length > MaxBytesOfNothing)
            {
                var saysNothing = SaysNothing(read.Buffer);
                request.BodyReader.AdvanceTo(read.Buffer.End);
                return !saysNothing;
            }

            request.BodyReader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    /// <summary>Some clients send <c>{}</c> or <c>null</c> with every request.</summary>
    private static bool SaysNothing(ReadOnlySequence<byte> body)
    {
        if (body.Length > MaxBytesOfNothing)
        {
            return false;
        }

        var text = Encoding.UTF8.GetString(body).Trim();
        return text is "" or "null" || (text is ['{', .. var members, '}'] && string.IsNullOrWhiteSpace(members));
    }

    private static void Ignore(FieldPath path, MessageDescriptor type, IgnoredFields ignored)
    {
        if (KnownFields.IsStrict(type))
        {
            throw KnownFields.Unknown(path, type);
        }

        ignored.Add(path);
    }

    /// <summary>Sets a field, or a field of a message within. Returns whether there is such a field, and a query can set it.</summary>
    private static bool TrySet(IMessage message, ReadOnlySpan<string> path, StringValues values)
    {
        if (!KnownFields.Of(message.Descriptor).TryGetValue(path[0], out var field) || field.IsMap)
        {
            return false;
        }

        if (field is { FieldType: FieldType.Message, IsRepeated: false } && path.Length > 1)
        {
            var inner = (IMessage?)field.Accessor.GetValue(message) ?? field.MessageType.Parser.ParseFrom(ByteString.Empty);
            if (!TrySet(inner, path[1..], values))
            {
                return false;
            }

            field.Accessor.SetValue(message, inner);
            return true;
        }

        if (path.Length > 1 || field.FieldType is FieldType.Message or FieldType.Group)
        {
            return false;
        }

        if (field.IsRepeated)
        {
            var items = (IList)field.Accessor.GetValue(message);
            foreach (var value in values)
            {
                items.Add(Value(field, value ?? ""));
            }
        }
        else
        {
            Set(message, field, values is [{ } value] ? value : throw Repeated(field));
        }

        return true;
    }

    private static InvalidRequestException Repeated(FieldDescriptor field) =>
        new($"query parameter {field.JsonName} is given more than once");

    private static void Set(IMessage message, FieldDescriptor field, string text) => field.Accessor.SetValue(message, Value(field, text));

    private static object Value(FieldDescriptor field, string text)
    {
        try
        {
            return field.FieldType switch
            {
                FieldType.String => text.Contains('\0') ? throw BinaryMessage.HasNul(field) : text,
                FieldType.Bool => bool.Parse(text),
                FieldType.UInt64 or FieldType.Fixed64 => ulong.Parse(text, CultureInfo.InvariantCulture),
                FieldType.UInt32 or FieldType.Fixed32 => uint.Parse(text, CultureInfo.InvariantCulture),
                FieldType.Int32 => int.Parse(text, CultureInfo.InvariantCulture),
                FieldType.Int64 => long.Parse(text, CultureInfo.InvariantCulture),
                FieldType.Enum => field.EnumType.FindValueByName(text)?.Number ?? int.Parse(text, CultureInfo.InvariantCulture),
                _ => throw new FormatException(),
            };
        }
        catch (Exception exception) when (exception is FormatException or OverflowException)
        {
            throw new InvalidRequestException($"parsing field \"{field.Name}\": value must be {FieldValues.Expected(field)}");
        }
    }
}
