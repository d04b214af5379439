using System.Globalization;
using System.Net.Mail;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;
using Orleans.Sessions.Protocol.Validate;

namespace Orleans.Sessions.Gateway.Validation;

/// <summary>The rules for single values. Each rule returns the reason to refuse a value, or <c>null</c>.</summary>
internal static class ValueRules
{
    /// <summary>The rule for a field; <c>null</c> if every value is valid.</summary>
    public static Func<object, string?>? For(FieldDescriptor field, FieldRules? rules) =>
        field.FieldType switch
        {
            // A password is compared and hashed, but never stored or searched. Whatever it contains, it is only right or wrong.
            FieldType.String when rules?.String is { } text && IsPassword(field) => value => Text((string)value, text),
            FieldType.String when rules?.String is { } text => value => NotStorable(value) ?? Text((string)value, text),
            FieldType.String => NotStorable,
            FieldType.Bytes when rules?.Bytes is { } bytes => value => Bytes((ByteString)value, bytes),
            FieldType.Bool when rules?.Bool is { HasConst: true } flag => value =>
                (bool)value == flag.Const ? null : $"value must equal {(flag.Const ? "true" : "false")}",
            FieldType.Enum => EnumRule(field.EnumType, rules?.Enum),
            FieldType.Message when rules?.Duration?.Gt is not null => value => Positive((Duration)value),
            FieldType.Message when field.MessageType.File.Package != "google.protobuf" => Embedded,
            FieldType.Message when field.MessageType == Timestamp.Descriptor => value => Instant((Timestamp)value),
            FieldType.Message when field.MessageType == Duration.Descriptor => value => NotDuration((Duration)value),
            _ => null,
        };

    /// <summary>Finds text that no database accepts: NUL, and halves of surrogate pairs.</summary>
    public static string? NotStorable(object? value)
    {
        if (value is not string text)
        {
            return null;
        }

        if (text.Contains('\0', StringComparison.Ordinal))
        {
            return "value must not contain NUL";
        }

        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsSurrogate(text[i]) && (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[++i])))
            {
                return "value must be valid Unicode";
            }
        }

        return null;
    }

    private static bool IsPassword(FieldDescriptor field) => field.Name is "password" or "current_password";

    private static string? Embedded(object message) =>
        RequestValidator.Violation((IMessage)message) is { } violation
            ? $"embedded message failed validation | caused by: {violation}"
            : null;

    private static string? Text(string text, StringRules rules)
    {
        if (rules.HasLen && Runes(text) != (long)rules.Len)
        {
            return $"value length must be {rules.Len} runes";
        }

        return Length(Runes(text), rules.HasMinLen ? rules.MinLen : null, rules.HasMaxLen ? rules.MaxLen : null, "runes")
            ?? (rules.Email && !IsEmail(text) ? "value must be a valid email address" : null)
            ?? (rules.UriRef && !Uri.TryCreate(text, UriKind.RelativeOrAbsolute, out _) ? "value must be a valid URI" : null);
    }

    private static string? Bytes(ByteString bytes, BytesRules rules) =>
        Length(bytes.Length, rules.HasMinLen ? rules.MinLen : null, rules.HasMaxLen ? rules.MaxLen : null, "bytes");

    private static string? Length(long length, ulong? least, ulong? most, string unit)
    {
        if ((ulong)length >= (least ?? 0) && (ulong)length <= (most ?? ulong.MaxValue))
        {
            return null;
        }

        return (least, most) switch
        {
            ({ } from, { } to) => $"value length must be between {from} and {to} {unit}, inclusive",
            ({ } from, null) => $"value length must be at least {from} {unit}",
            _ => $"value length must be at most {most} {unit}",
        };
    }

    /// <summary>Refuses numbers without a name everywhere, also where the contract allows them.</summary>
    private static Func<object, string?> EnumRule(EnumDescriptor type, EnumRules? rules) =>
        value =>
        {
            var number = Convert.ToInt32(value, CultureInfo.InvariantCulture);
            if (type.FindValueByNumber(number) is null)
            {
                return $"value must be one of the defined enum values [{string.Join(" ", type.Values.Select(one => one.Name))}]";
            }

            return rules is not null && rules.NotIn.Contains(number)
                ? $"value must not be in list [{string.Join(" ", rules.NotIn)}]"
                : null;
        };

    private static string? Positive(Duration duration) =>
        NotDuration(duration)
        ?? (duration.Seconds > 0 || (duration.Seconds == 0 && duration.Nanos > 0) ? null : "value must be greater than 0s");

    /// <summary>Binary messages can hold seconds and nanoseconds that are no duration; JSON cannot.</summary>
    private static string? NotDuration(Duration duration) =>
        duration.Seconds is < Duration.MinSeconds or > Duration.MaxSeconds
        || duration.Nanos is < -999_999_999 or > 999_999_999
        || Math.Sign(duration.Seconds) * Math.Sign(duration.Nanos) < 0
            ? "value is not a valid duration"
            : null;

    private static string? Instant(Timestamp timestamp) =>
        timestamp.Seconds is < -62_135_596_800 or > 253_402_300_799 || timestamp.Nanos is < 0 or > 999_999_999
            ? "value is not a valid timestamp"
            : null;

    private static int Runes(string text)
    {
        var runes = 0;
        foreach (var _ in text.EnumerateRunes())
        {
            runes++;
        }

        return runes;
    }

    private static bool IsEmail(string text) =>
        MailAddress.TryCreate(text, out var address) && address.Address == text && address.User.Length <= 64 && address.Host.Length <= 253;
}
