using System.Collections;
using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;

namespace Orleans.Sessions.Gateway.Json;

/// <summary>
/// Writes a message as proto3 JSON directly into UTF-8, without default values. The library's formatter works by way of strings and puts
/// blanks between all tokens, which takes several times as long. Answers are the hot path here.
/// </summary>
internal static class MessageJson
{
    private static readonly ConcurrentDictionary<MessageDescriptor, Field[]> s_fields = new();

    /// <summary>Writes <paramref name="message"/> as a JSON value.</summary>
    public static void Write(Utf8JsonWriter json, IMessage message)
    {
        switch (message)
        {
            case Timestamp timestamp:
                WriteTimestamp(json, timestamp);
                break;
            case Duration or Struct or Value or ListValue:
                json.WriteRawValue(JsonFormatter.Default.Format(message));
                break;
            default:
                json.WriteStartObject();
                WriteFields(json, message);
                json.WriteEndObject();
                break;
        }
    }

    /// <summary>Writes the members of <paramref name="message"/> into an object that has been started.</summary>
    public static void WriteFields(Utf8JsonWriter json, IMessage message)
    {
        foreach (var field in s_fields.GetOrAdd(message.Descriptor, FieldsOf))
        {
            if (field.Descriptor.HasPresence && !field.Accessor.HasValue(message))
            {
                continue;
            }

            var value = field.Accessor.GetValue(message);
            if (field.Descriptor.HasPresence || !IsDefault(value))
            {
                json.WritePropertyName(field.Name);
                WriteField(json, field.Descriptor, value);
            }
        }
    }

    private static void WriteField(Utf8JsonWriter json, FieldDescriptor field, object value)
    {
        if (field.IsMap)
        {
            var element = field.MessageType.FindFieldByNumber(2);
            json.WriteStartObject();
            foreach (DictionaryEntry entry in (IDictionary)value)
            {
                json.WritePropertyName((string)entry.Key);
                WriteValue(json, element, entry.Value!);
            }

            json.WriteEndObject();
        }
        else if (field.IsRepeated)
        {
            json.WriteStartArray();
            foreach (var item in (IList)value)
            {
                WriteValue(json, field, item!);
            }

            json.WriteEndArray();
        }
        else
        {
            WriteValue(json, field, value);
        }
    }

    private static void WriteValue(Utf8JsonWriter json, FieldDescriptor field, object value)
    {
        switch (value)
        {
            case string text:
                json.WriteStringValue(text);
                break;
            case IMessage message:
                Write(json, message);
                break;
            case bool flag:
                json.WriteBooleanValue(flag);
                break;
            case ByteString bytes:
                json.WriteBase64StringValue(bytes.Span);
                break;
            case long or ulong:
                Span<char> digits = stackalloc char[20];
                ((ISpanFormattable)value).TryFormat(digits, out var length, default, CultureInfo.InvariantCulture);
                json.WriteStringValue(digits[..length]);
                break;
            case int number when field.FieldType != FieldType.Enum:
                json.WriteNumberValue(number);
                break;
            case uint number:
                json.WriteNumberValue(number);
                break;
            default:
                WriteEnum(json, field.EnumType, Convert.ToInt32(value, CultureInfo.InvariantCulture));
                break;
        }
    }

    private static void WriteEnum(Utf8JsonWriter json, EnumDescriptor type, int number)
    {
        if (type.FindValueByNumber(number) is { } known)
        {
            json.WriteStringValue(known.Name);
        }
        else
        {
            json.WriteNumberValue(number);
        }
    }

    /// <summary>Writes 0, 3, 6 or 9 decimals, as many as are needed.</summary>
    private static void WriteTimestamp(Utf8JsonWriter json, Timestamp timestamp)
    {
        Span<char> text = stackalloc char[40];
        var instant = DateTime.UnixEpoch.AddSeconds(timestamp.Seconds);
        instant.TryFormat(text, out var length, "yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);
        if (timestamp.Nanos != 0)
        {
            text[length++] = '.';
            timestamp.Nanos.TryFormat(text[length..], out var digits, "D9", CultureInfo.InvariantCulture);
            length +=
                timestamp.Nanos % 1_000_000 == 0 ? 3
                : timestamp.Nanos % 1_000 == 0 ? 6
                : digits;
        }

        text[length++] = 'Z';
        json.WriteStringValue(text[..length]);
    }

    private static bool IsDefault(object value) =>
        value switch
        {
            string text => text.Length == 0,
            ByteString bytes => bytes.IsEmpty,
            ICollection items => items.Count == 0,
            bool flag => !flag,
            ulong number => number == 0,
            long number => number == 0,
            uint number => number == 0,
            int number => number == 0,
            _ => Convert.ToInt32(value, CultureInfo.InvariantCulture) == 0,
        };

    private static Field[] FieldsOf(MessageDescriptor message) =>
        [.. message.Fields.InDeclarationOrder().Select(field => new Field(JsonEncodedText.Encode(field.JsonName), field, field.Accessor))];

    private sealed record Field(JsonEncodedText Name, FieldDescriptor Descriptor, IFieldAccessor Accessor);
}
