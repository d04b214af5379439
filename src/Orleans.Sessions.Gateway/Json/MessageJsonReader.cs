using System.Collections;
using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using System.Text.Unicode;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Orleans.Sessions.Gateway.Calls;
using Orleans.Sessions.Gateway.Errors;

namespace Orleans.Sessions.Gateway.Json;

/// <summary>
/// Reads proto3 JSON as ZITADEL's gateway does. Names are in camel or snake case, <c>null</c> means absent, and unknown members are
/// ignored. 64-bit integers are numbers or texts, and bytes are in either base64. Like that gateway, it refuses a repeated member, which
/// two readers could understand in two ways. The library's parser does not fit: it refuses URL-safe base64, treats unknown enum names as
/// unknown members, and follows unknown members to any depth.
/// </summary>
internal static class MessageJsonReader
{
    private const int MaxDepth = 64;

    private static readonly JsonDocumentOptions s_options = new() { MaxDepth = MaxDepth };
    private static readonly ConcurrentDictionary<MessageDescriptor, Dictionary<string, FieldDescriptor>> s_fields = new();

    /// <summary>
    /// The message in <paramref name="json"/> (UTF-8, with or without a byte order mark). Fails with <see cref="InvalidRequestException"/>.
    /// </summary>
    public static IMessage Read(ReadOnlyMemory<byte> json, MessageDescriptor type)
    {
        json = json.Span.StartsWith("\uFEFF"u8) ? json[3..] : json;
        if (json.IsEmpty)
        {
            return type.Parser.ParseFrom(ByteString.Empty);
        }

        if (!Utf8.IsValid(json.Span))
        {
            throw new InvalidRequestException("proto: invalid UTF-8");
        }

        try
        {
            using var document = JsonDocument.Parse(json, s_options);
            return ReadMessage(document.RootElement, type);
        }
        catch (JsonException exception)
        {
            throw new InvalidRequestException(
                $"proto: syntax error (line {exception.LineNumber + 1}:{exception.BytePositionInLine + 1}): invalid JSON"
            );
        }
        catch (InvalidOperationException)
        {
            // The text has half of a surrogate pair. The JSON document notices that only when the text is read.
            throw new InvalidRequestException("proto: invalid Unicode");
        }
    }

    private static IMessage ReadMessage(JsonElement json, MessageDescriptor type)
    {
        switch (type.FullName)
        {
            case "google.protobuf.Timestamp" or "google.protobuf.Duration" when json.ValueKind != JsonValueKind.String:
                throw WrongType(type.Name);
            case "google.protobuf.Timestamp" or "google.protobuf.Duration" or "google.protobuf.Struct":
                return ReadWellKnown(json, type);
        }

        if (json.ValueKind != JsonValueKind.Object)
        {
            throw WrongType(type.Name);
        }

        var message = type.Parser.ParseFrom(ByteString.Empty);
        var fields = s_fields.GetOrAdd(type, FieldsOf);
        HashSet<OneofDescriptor>? chosen = null;
        HashSet<FieldDescriptor>? seen = null;
        foreach (var member in json.EnumerateObject())
        {
            if (!fields.TryGetValue(member.Name, out var field))
            {
                Skip(member.Value);
                continue;
            }

            if (!(seen ??= []).Add(field))
            {
                throw Repeated(field.JsonName);
            }

            if (member.Value.ValueKind == JsonValueKind.Null)
            {
                continue;
            }

            if (field.RealContainingOneof is { } oneof && !(chosen ??= []).Add(oneof))
            {
                throw new InvalidRequestException($"proto: {type.Name}.{oneof.Name}: only one of its members may be set");
            }

            ReadField(member.Value, field, message);
        }

        return message;
    }

    /// <summary>Skips an unknown member, except that its texts must be valid Unicode.</summary>
    private static void Skip(JsonElement json)
    {
        switch (json.ValueKind)
        {
            case JsonValueKind.String:
                json.GetString();
                break;
            case JsonValueKind.Array:
                foreach (var item in json.EnumerateArray())
                {
                    Skip(item);
                }

                break;
            case JsonValueKind.Object:
                foreach (var member in json.EnumerateObject())
                {
                    _ = member.Name;
                    Skip(member.Value);
                }

                break;
        }
    }

    private static void ReadField(JsonElement json, FieldDescriptor field, IMessage message)
    {
        if (field.IsMap)
        {
            ReadMap(json, field, (IDictionary)field.Accessor.GetValue(message));
        }
        else if (field.IsRepeated)
        {
            if (json.ValueKind != JsonValueKind.Array)
            {
                throw WrongType(field.JsonName);
            }

            var items = (IList)field.Accessor.GetValue(message);
            foreach (var item in json.EnumerateArray())
            {
                items.Add(ReadValue(item, field));
            }
        }
        else
        {
            field.Accessor.SetValue(message, ReadValue(json, field));
        }
    }

    private static void ReadMap(JsonElement json, FieldDescriptor field, IDictionary entries)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            throw WrongType(field.JsonName);
        }

        var element = field.MessageType.FindFieldByNumber(2);
        foreach (var member in json.EnumerateObject())
        {
            if (entries.Contains(StorableText(member.Name, field)))
            {
                throw Repeated($"{field.JsonName}: {member.Name}");
            }

            entries[member.Name] = ReadValue(member.Value, element);
        }
    }

    private static object ReadValue(JsonElement json, FieldDescriptor field) =>
        (field.FieldType, json.ValueKind) switch
        {
            (FieldType.Message, not JsonValueKind.Null) => ReadMessage(json, field.MessageType),
            (FieldType.String, JsonValueKind.String) => StorableText(json.GetString()!, field),
            (FieldType.Bool, JsonValueKind.True) => true,
            (FieldType.Bool, JsonValueKind.False) => false,
            (FieldType.Bytes, JsonValueKind.String) => ReadBytes(json.GetString()!) ?? throw WrongType(field.JsonName),
            (FieldType.Enum, JsonValueKind.String) => field.EnumType.FindValueByName(json.GetString()!)?.Number
                ?? throw WrongType(field.JsonName),
            (FieldType.Enum, JsonValueKind.Number) when json.TryGetInt32(out var number) => number,
            (FieldType.UInt32 or FieldType.UInt64 or FieldType.Int32 or FieldType.Int64, JsonValueKind.Number) => ReadInteger(
                json.GetRawText(),
                field
            ),
            (FieldType.UInt32 or FieldType.UInt64 or FieldType.Int32 or FieldType.Int64, JsonValueKind.String) => ReadInteger(
                json.GetString()!,
                field
            ),
            _ => throw WrongType(field.JsonName),
        };

    /// <summary>Reads whole numbers, also in the forms <c>5.0</c> and <c>1e2</c>.</summary>
    private static object ReadInteger(string text, FieldDescriptor field)
    {
        if (
            !decimal.TryParse(
                text,
                NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent,
                CultureInfo.InvariantCulture,
                out var number
            )
            || number != decimal.Truncate(number)
        )
        {
            throw WrongType(field.JsonName);
        }

        try
        {
            return field.FieldType switch
            {
                FieldType.UInt32 => decimal.ToUInt32(number),
                FieldType.UInt64 => decimal.ToUInt64(number),
                FieldType.Int32 => decimal.ToInt32(number),
                _ => decimal.ToInt64(number),
            };
        }
        catch (OverflowException)
        {
            throw WrongType(field.JsonName);
        }
    }

    private static ByteString? ReadBytes(string text)
    {
        var isUrlSafe = text.AsSpan().ContainsAny('-', '_');
        var standard = isUrlSafe ? text.Replace('-', '+').Replace('_', '/') : text;
        var padded = standard.TrimEnd('=');
        padded = padded.PadRight((padded.Length + 3) / 4 * 4, '=');
        var bytes = new byte[padded.Length];
        return Convert.TryFromBase64String(padded, bytes, out var length) ? ByteString.CopyFrom(bytes.AsSpan(0, length)) : null;
    }

    private static IMessage ReadWellKnown(JsonElement json, MessageDescriptor type)
    {
        try
        {
            EnsureNoneRepeated(json);

            // Reading the text through the document also refuses invalid Unicode.
            return JsonParser.Default.Parse(
                json.ValueKind == JsonValueKind.String ? JsonSerializer.Serialize(json.GetString()) : json.GetRawText(),
                type
            );
        }
        catch (Exception exception)
            when (exception is InvalidProtocolBufferException or InvalidJsonException or FormatException or ArgumentException)
        {
            throw WrongType(type.Name);
        }
    }

    /// <summary>A struct is JSON within JSON. The library accepts repeated members there, so this check refuses them.</summary>
    private static void EnsureNoneRepeated(JsonElement json)
    {
        if (json.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in json.EnumerateArray())
            {
                EnsureNoneRepeated(item);
            }
        }
        else if (json.ValueKind == JsonValueKind.Object)
        {
            var names = new HashSet<string>(StringComparer.Ordinal);
            foreach (var member in json.EnumerateObject())
            {
                if (!names.Add(member.Name))
                {
                    throw Repeated(member.Name);
                }

                EnsureNoneRepeated(member.Value);
            }
        }
    }

    private static string StorableText(string text, FieldDescriptor field) =>
        text.Contains('\0') ? throw BinaryMessage.HasNul(field) : text;

    private static InvalidRequestException Repeated(string name) => new($"proto: duplicate field {name}");

    private static InvalidRequestException WrongType(string name) => new($"proto: invalid value for field {name}");

    private static Dictionary<string, FieldDescriptor> FieldsOf(MessageDescriptor type)
    {
        var fields = new Dictionary<string, FieldDescriptor>();
        foreach (var field in type.Fields.InDeclarationOrder())
        {
            fields[field.Name] = field;
            fields[field.JsonName] = field;
        }

        return fields;
    }
}
