using System.Globalization;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Orleans.Sessions.Gateway.Errors;

namespace Orleans.Sessions.Gateway.Json;

/// <summary>Reads the texts of single values, and says what a value must be.</summary>
internal static class FieldValues
{
    /// <summary>The failure of a value that the field cannot have.</summary>
    public static InvalidRequestException Wrong(FieldPath path, string expected) =>
        new(
            path == FieldPath.Request
                ? $"proto: the request must be {expected}"
                : $"proto: invalid value for field {path}: value must be {expected}"
        );

    /// <summary>What one value of the field must be.</summary>
    public static string Expected(FieldDescriptor field) =>
        field.FieldType switch
        {
            FieldType.String => "a text",
            FieldType.Bool => "true or false",
            FieldType.Bytes => "base64",
            FieldType.UInt32 or FieldType.Fixed32 => $"a whole number from 0 to {uint.MaxValue}",
            FieldType.UInt64 or FieldType.Fixed64 => $"a whole number from 0 to {ulong.MaxValue}",
            FieldType.Int32 => $"a whole number from {int.MinValue} to {int.MaxValue}",
            FieldType.Int64 => $"a whole number from {long.MinValue} to {long.MaxValue}",
            FieldType.Enum => $"one of {string.Join(", ", field.EnumType.Values.Select(value => value.Name))}",
            _ => Expected(field.MessageType),
        };

    /// <summary>What a message must be in JSON.</summary>
    public static string Expected(MessageDescriptor type) =>
        type.FullName switch
        {
            "google.protobuf.Timestamp" => "a time such as \"2026-01-31T12:00:00Z\"",
            "google.protobuf.Duration" => "a duration such as \"3.5s\"",
            _ => "an object",
        };

    /// <summary>The bytes of either base64, with or without padding; <c>null</c> if the text is not base64.</summary>
    public static ByteString? Bytes(string text)
    {
        var isUrlSafe = text.AsSpan().ContainsAny('-', '_');
        var standard = isUrlSafe ? text.Replace('-', '+').Replace('_', '/') : text;
        var padded = standard.TrimEnd('=');
        padded = padded.PadRight((padded.Length + 3) / 4 * 4, '=');
        var bytes = new byte[padded.Length];
        return Convert.TryFromBase64String(padded, bytes, out var length) ? ByteString.CopyFrom(bytes.AsSpan(0, length)) : null;
    }

    /// <summary>
    /// The whole number, also in the forms <c>5.0</c> and <c>1e2</c>; <c>null</c> if the text is not one, or if the field cannot have it.
    /// </summary>
    public static object? Integer(string text, FieldDescriptor field)
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
            return null;
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
            return null;
        }
    }
}
