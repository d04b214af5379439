using System.Collections;
using System.Text.Json;
using System.Text.Unicode;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Orleans.Sessions.Gateway.Calls;
using Orleans.Sessions.Gateway.Errors;
using Orleans.Sessions.Protocol;

namespace Orleans.Sessions.Gateway.Json;

/// <summary>
/// Reads proto3 JSON as ZITADEL's gateway does. Names are in camel or snake case, and <c>null</c> means absent. 64-bit integers are numbers
/// or texts, and bytes are in either base64. Like that gateway, it ignores unknown members (but see <see cref="KnownFields"/>), and refuses
/// a repeated member, which two readers could understand in two ways. The library's parser does not fit: it refuses URL-safe base64, treats
/// unknown enum names as unknown members, and follows unknown members to any depth.
/// </summary>
internal sealed class MessageJsonReader
{
    private const int MaxDepth = 64;

    private static readonly JsonDocumentOptions s_options = new() { MaxDepth = MaxDepth };

    private readonly IgnoredFields _ignored;

    private MessageJsonReader(IgnoredFields ignored) => _ignored = ignored;

    /// <summary>
    /// The message in <paramref name="json"/> (UTF-8, with or without a byte order mark). Unknown members are added to
    /// <paramref name="ignored"/>. Fails with <see cref="InvalidRequestException"/>, which names the place and the rule.
    /// </summary>
    public static IMessage Read(ReadOnlyMemory<byte> json, MessageDescriptor type, IgnoredFields ignored)
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
            return new MessageJsonReader(ignored).ReadMessage(document.RootElement, type, FieldPath.Request, isStrict: false);
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

    private IMessage ReadMessage(JsonElement json, MessageDescriptor type, FieldPath path, bool isStrict)
    {
        switch (type.FullName)
        {
            case "google.protobuf.Timestamp" or "google.protobuf.Duration" when json.ValueKind != JsonValueKind.String:
                throw FieldValues.Wrong(path, FieldValues.Expected(type));
            case "google.protobuf.Timestamp" or "google.protobuf.Duration" or "google.protobuf.Struct":
                return ReadWellKnown(json, type, path);
        }

        if (json.ValueKind != JsonValueKind.Object)
        {
            throw FieldValues.Wrong(path, FieldValues.Expected(type));
        }

        isStrict = isStrict || KnownFields.IsStrict(type);
        var message = type.Parser.ParseFrom(ByteString.Empty);
        var fields = KnownFields.Of(type);
        HashSet<OneofDescriptor>? chosen = null;
        HashSet<FieldDescriptor>? seen = null;
        foreach (var member in json.EnumerateObject())
        {
            if (!fields.TryGetValue(member.Name, out var field))
            {
                Skip(member, type, path, isStrict);
                continue;
            }

            if (!(seen ??= []).Add(field))
            {
                throw Repeated(path.Field(field.JsonName));
            }

            if (member.Value.ValueKind == JsonValueKind.Null)
            {
                continue;
            }

            if (field.RealContainingOneof is { } oneof && !(chosen ??= []).Add(oneof))
            {
                throw new InvalidRequestException($"proto: {type.Name}.{oneof.Name}: only one of its members may be set");
            }

            ReadField(member.Value, field, message, path.Field(field.JsonName), isStrict);
        }

        return message;
    }

    /// <summary>Skips an unknown member or refuses it. Texts of a skipped member must be valid Unicode.</summary>
    private void Skip(JsonProperty member, MessageDescriptor type, FieldPath path, bool isStrict)
    {
        var place = path.Field(member.Name);
        if (isStrict)
        {
            throw KnownFields.Unknown(place, type);
        }

        _ignored.Add(place);
        EnsureUnicode(member.Value);
    }

    private static void EnsureUnicode(JsonElement json)
    {
        switch (json.ValueKind)
        {
            case JsonValueKind.String:
                json.GetString();
                break;
            case JsonValueKind.Array:
                foreach (var item in json.EnumerateArray())
                {
                    EnsureUnicode(item);
                }

                break;
            case JsonValueKind.Object:
                foreach (var member in json.EnumerateObject())
                {
                    _ = member.Name;
                    EnsureUnicode(member.Value);
                }

                break;
        }
    }

    private void ReadField(JsonElement json, FieldDescriptor field, IMessage message, FieldPath path, bool isStrict)
    {
        if (field.IsMap)
        {
            ReadMap(json, field, (IDictionary)field.Accessor.GetValue(message), path, isStrict);
        }
        else if (field.IsRepeated)
        {
            if (json.ValueKind != JsonValueKind.Array)
            {
                throw FieldValues.Wrong(path, "an array");
            }

            var items = (IList)field.Accessor.GetValue(message);
            foreach (var item in json.EnumerateArray())
            {
                items.Add(ReadValue(item, field, path.Item(items.Count), isStrict));
            }
        }
        else
        {
            field.Accessor.SetValue(message, ReadValue(json, field, path, isStrict));
        }
    }

    private void ReadMap(JsonElement json, FieldDescriptor field, IDictionary entries, FieldPath path, bool isStrict)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            throw FieldValues.Wrong(path, "an object");
        }

        var element = field.MessageType.FindFieldByNumber(2);
        foreach (var member in json.EnumerateObject())
        {
            if (entries.Contains(StorableText(member.Name, field)))
            {
                throw Repeated(path.Field(member.Name));
            }

            entries[member.Name] = ReadValue(member.Value, element, path.Field(member.Name), isStrict);
        }
    }

    private object ReadValue(JsonElement json, FieldDescriptor field, FieldPath path, bool isStrict) =>
        (field.FieldType, json.ValueKind) switch
        {
            (FieldType.Message, not JsonValueKind.Null) => ReadMessage(json, field.MessageType, path, isStrict),
            (FieldType.String, JsonValueKind.String) => StorableText(json.GetString()!, field),
            (FieldType.String, JsonValueKind.Object) when IsJsonText(field) => TextOf(json, field, path),
            (FieldType.Bool, JsonValueKind.True) => true,
            (FieldType.Bool, JsonValueKind.False) => false,
            (FieldType.Bytes, JsonValueKind.String) => FieldValues.Bytes(json.GetString()!),
            (FieldType.Enum, JsonValueKind.String) => EnumNames.Find(field.EnumType, json.GetString()!),
            (FieldType.Enum, JsonValueKind.Number) => json.TryGetInt32(out var number) ? number : null,
            (FieldType.UInt32 or FieldType.UInt64 or FieldType.Int32 or FieldType.Int64, JsonValueKind.Number) => FieldValues.Integer(
                json.GetRawText(),
                field
            ),
            (FieldType.UInt32 or FieldType.UInt64 or FieldType.Int32 or FieldType.Int64, JsonValueKind.String) => FieldValues.Integer(
                json.GetString()!,
                field
            ),
            _ => (object?)null,
        } ?? throw FieldValues.Wrong(path, FieldValues.Expected(field));

    private static IMessage ReadWellKnown(JsonElement json, MessageDescriptor type, FieldPath path)
    {
        try
        {
            EnsureNoneRepeated(json, path);

            // Reading the text through the document also refuses invalid Unicode.
            return JsonParser.Default.Parse(
                json.ValueKind == JsonValueKind.String ? JsonSerializer.Serialize(json.GetString()) : json.GetRawText(),
                type
            );
        }
        catch (Exception exception)
            when (exception is InvalidProtocolBufferException or InvalidJsonException or FormatException or ArgumentException)
        {
            throw FieldValues.Wrong(path, FieldValues.Expected(type));
        }
    }

    /// <summary>A struct is JSON within JSON. The library accepts repeated members there, so this check refuses them.</summary>
    private static void EnsureNoneRepeated(JsonElement json, FieldPath path)
    {
        if (json.ValueKind == JsonValueKind.Array)
        {
            var index = 0;
            foreach (var item in json.EnumerateArray())
            {
                EnsureNoneRepeated(item, path.Item(index++));
            }
        }
        else if (json.ValueKind == JsonValueKind.Object)
        {
            var names = new HashSet<string>(StringComparer.Ordinal);
            foreach (var member in json.EnumerateObject())
            {
                if (!names.Add(member.Name))
                {
                    throw Repeated(path.Field(member.Name));
                }

                EnsureNoneRepeated(member.Value, path.Field(member.Name));
            }
        }
    }

    private static bool IsJsonText(FieldDescriptor field) => field.GetOptions()?.GetExtension(OptionsExtensions.JsonText) == true;

    private static string TextOf(JsonElement json, FieldDescriptor field, FieldPath path)
    {
        EnsureNoneRepeated(json, path);
        EnsureUnicode(json);
        return StorableText(json.GetRawText(), field);
    }

    private static string StorableText(string text, FieldDescriptor field) =>
        text.Contains('\0') ? throw BinaryMessage.HasNul(field) : text;

    private static InvalidRequestException Repeated(FieldPath path) => new($"proto: duplicate field {path}");
}
