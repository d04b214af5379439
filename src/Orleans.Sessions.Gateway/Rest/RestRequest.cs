using System.Buffers;
using System.Collections;
using System.Globalization;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Microsoft.AspNetCore.Http;
using Orleans.Sessions.Gateway.Calls;
using Orleans.Sessions.Gateway.Errors;
using Orleans.Sessions.Gateway.Json;

namespace Orleans.Sessions.Gateway.Rest;

/// <summary>Reads a request message from body, query and path. The path wins over the body.</summary>
internal static class RestRequest
{
    /// <summary>The message in the body; an empty body is an empty message.</summary>
    public static Task<IMessage> ReadBodyAsync(HttpRequest request, MessageDescriptor type) =>
        RequestBody.ReadAsync(request.BodyReader, type, MessageJsonReader.Read, request.HttpContext.RequestAborted);

    /// <summary>The message in the query. Names are in camel or snake case; unknown names are ignored.</summary>
    public static IMessage ReadQuery(HttpRequest request, MessageDescriptor type)
    {
        var message = type.Parser.ParseFrom(ByteString.Empty);
        if (!request.QueryString.HasValue)
        {
            return message;
        }

        foreach (var (name, values) in request.Query)
        {
            if (Field(type, name) is { IsRepeated: true, IsMap: false, FieldType: not (FieldType.Message or FieldType.Group) } list)
            {
                var items = (IList)list.Accessor.GetValue(message);
                foreach (var value in values)
                {
                    items.Add(Value(list, value ?? ""));
                }
            }
            else if (Field(type, name) is { } field)
            {
                Set(
                    message,
                    field,
                    values.Count == 1 ? values[0]! : throw new InvalidRequestException($"query parameter {name} is given more than once")
                );
            }
            else if (name.Contains('.', StringComparison.Ordinal))
            {
                SetNested(message, name.Split('.'), values.ToString());
            }
        }

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

    private static FieldDescriptor? Field(MessageDescriptor type, string name) =>
        type.FindFieldByName(name) ?? type.Fields.InDeclarationOrder().FirstOrDefault(field => field.JsonName == name);

    private static void SetNested(IMessage message, ReadOnlySpan<string> path, string value)
    {
        if (Field(message.Descriptor, path[0]) is not { } field)
        {
            return;
        }

        if (path.Length == 1)
        {
            Set(message, field, value);
        }
        else if (field is { FieldType: FieldType.Message, IsRepeated: false })
        {
            var inner = (IMessage?)field.Accessor.GetValue(message) ?? field.MessageType.Parser.ParseFrom(ByteString.Empty);
            SetNested(inner, path[1..], value);
            field.Accessor.SetValue(message, inner);
        }
    }

    private static void Set(IMessage message, FieldDescriptor field, string text)
    {
        if (field.IsRepeated || field.FieldType is FieldType.Message or FieldType.Group)
        {
            return;
        }

        field.Accessor.SetValue(message, Value(field, text));
    }

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
            throw new InvalidRequestException($"parsing field \"{field.Name}\": the value has the wrong type");
        }
    }
}
