using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Google.Protobuf.WellKnownTypes;
using Orleans.Sessions.Gateway.Validation;

namespace Orleans.Sessions.Gateway.Settings;

/// <summary>The texts of login pages: trees of objects whose leaves are texts. Their members are in the order of their names.</summary>
internal static class LoginTexts
{
    private const int MaxBytes = 64 * 1024;
    private const int MaxDepth = 8;

    private static readonly JsonSerializerOptions s_json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>
    /// The languages whose texts are used for a language; a later one wins. They are the steps of a lookup (RFC 4647 §3.4), from the last
    /// one to the first: <c>zh</c>, <c>zh-hant</c> and <c>zh-hant-tw</c> for <c>zh-Hant-TW</c>. Or it is exactly the language. Fails with
    /// <c>SETTINGS-Text2</c>.
    /// </summary>
    public static ImmutableArray<string> Locales(string locale, bool exactly)
    {
        var parts = locale.ToLowerInvariant().Split('-');
        if (parts[0].Length is < 2 or > 3 || !parts[0].All(char.IsAsciiLetter) || !parts[1..].All(IsSubtag))
        {
            throw new SessionException(SessionErrors.LocaleInvalid);
        }

        var all = string.Join('-', parts);
        return exactly ? [all] : [.. Enumerable.Range(1, parts.Length - 1).Where(IsStep).Select(n => string.Join('-', parts[..n])), all];

        // A subtag of one letter says what the next ones mean, and says nothing alone.
        bool IsStep(int length) => parts[length - 1].Length > 1;
    }

    /// <summary>The texts in a message. Fails with <c>SETTINGS-Text1</c> or <c>SESSION-Text1</c>.</summary>
    public static JsonObject Of(Struct? message)
    {
        var texts = Of(message ?? new Struct(), depth: 1);
        return Encoding.UTF8.GetByteCount(Json(texts)) <= MaxBytes ? texts : throw Invalid();
    }

    /// <summary>The texts of several levels together. A text of a later one wins.</summary>
    public static JsonObject Merge(IEnumerable<string> levels)
    {
        var all = new JsonObject();
        foreach (var level in levels)
        {
            Merge(all, JsonNode.Parse(level)!.AsObject());
        }

        return Sorted(all);
    }

    public static string Json(JsonObject texts) => texts.ToJsonString(s_json);

    public static Struct Message(JsonObject texts)
    {
        var message = new Struct();
        foreach (var (name, value) in texts)
        {
            message.Fields[name] = value is JsonObject inner ? Value.ForStruct(Message(inner)) : Value.ForString((string)value!);
        }

        return message;
    }

    /// <summary>32 characters that are the same for the same texts.</summary>
    public static string ETag(JsonObject texts) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Json(texts))).AsSpan(0, 16));

    private static JsonObject Of(Struct message, int depth)
    {
        var texts = new JsonObject();
        foreach (var (name, value) in message.Fields.OrderBy(field => field.Key, StringComparer.Ordinal))
        {
            if (ValueRules.NotStorable(name) is not null)
            {
                throw new SessionException(SessionErrors.TextNotStorable);
            }

            texts[name] = value.KindCase switch
            {
                Value.KindOneofCase.StringValue => ValueRules.NotStorable(value.StringValue) is null
                    ? JsonValue.Create(value.StringValue)
                    : throw new SessionException(SessionErrors.TextNotStorable),
                Value.KindOneofCase.StructValue when depth < MaxDepth => Of(value.StructValue, depth + 1),
                _ => throw Invalid(),
            };
        }

        return texts;
    }

    private static void Merge(JsonObject into, JsonObject texts)
    {
        foreach (var (name, value) in texts)
        {
            if (value is JsonObject inner && into[name] is JsonObject known)
            {
                Merge(known, inner);
            }
            else
            {
                into[name] = value!.DeepClone();
            }
        }
    }

    private static JsonObject Sorted(JsonObject texts) =>
        new(
            texts
                .OrderBy(member => member.Key, StringComparer.Ordinal)
                .Select(member =>
                    KeyValuePair.Create(member.Key, member.Value is JsonObject inner ? Sorted(inner) : member.Value?.DeepClone())
                )
        );

    private static bool IsSubtag(string part) => part.Length is >= 1 and <= 8 && part.All(char.IsAsciiLetterOrDigit);

    private static SessionException Invalid() => new(SessionErrors.LoginTextsInvalid);
}
