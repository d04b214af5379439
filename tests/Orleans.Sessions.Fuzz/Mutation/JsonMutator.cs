using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Orleans.Sessions.Fuzz.Generation;

namespace Orleans.Sessions.Fuzz.Mutation;

/// <summary>Spoils JSON: types, bounds, nulls, repeated names, nesting, and the text itself.</summary>
public static class JsonMutator
{
    /// <summary>A little more than the service accepts.</summary>
    private const int MaxBytes = 1_100_000;

    private static readonly string[] s_numbers =
    [
        "1e999",
        "-0",
        "01",
        "1.5",
        "-1",
        "18446744073709551616",
        "9223372036854775808",
        "2147483648",
        "1e-7",
        "0.1e1",
        "NaN",
        "Infinity",
        "1e5",
    ];

    /// <summary>The message with one or two faults.</summary>
    public static byte[] Spoil(Dice dice, JsonObject message)
    {
        var spoilt = (JsonObject)message.DeepClone();
        for (var times = dice.Pick([0, 1, 1, 1, 2]); times > 0; times--)
        {
            SpoilMember(dice, spoilt);
        }

        var bytes = JsonText.Bytes(spoilt);
        return dice.Chance(0.25) ? SpoilText(dice, bytes) : bytes;
    }

    private static void SpoilMember(Dice dice, JsonObject message)
    {
        var objects = Objects(message).ToList();
        var holder = dice.Pick((IReadOnlyList<JsonObject>)objects);
        if (holder.Count == 0 || dice.Chance(0.08))
        {
            holder[dice.Pick(["unknown", "__proto__", "", "userId", "user_id", "sessionId", "organization"])] = Other(dice, null);
            return;
        }

        var name = dice.Pick((IReadOnlyList<string>)[.. holder.Select(member => member.Key)]);
        switch (dice.Below(8))
        {
            case 0:
                holder.Remove(name);
                break;
            case 1:
                holder[JsonText.Again(name)] = Other(dice, holder[name]);
                break;
            case 2:
                holder[Snake(name)] = holder[name]?.DeepClone();
                break;
            case 3 when holder[name] is JsonArray { Count: > 0 } items:
                var count = Math.Min(
                    dice.Pick([21, 101, 1001, 3000]),
                    MaxBytes / items.Sum(item => 1 + (item?.ToJsonString().Length ?? 4)) * items.Count
                );
                holder[name] = new JsonArray([.. Enumerable.Range(0, count).Select(i => items[i % items.Count]?.DeepClone())]);
                break;
            default:
                holder[name] = Other(dice, holder[name]);
                break;
        }
    }

    /// <summary>A value that does not belong in this place.</summary>
    private static JsonNode? Other(Dice dice, JsonNode? value)
    {
        if (
            value is JsonValue text
            && text.GetValueKind() == JsonValueKind.String
            && !JsonText.IsRaw(text.GetValue<string>())
            && dice.Chance(0.5)
        )
        {
            return dice.Chance(0.5) ? Texts.Spoil(dice, text.GetValue<string>()) : Texts.Hostile(dice);
        }

        return dice.Below(10) switch
        {
            0 => null,
            1 => true,
            2 => new JsonArray(),
            3 => new JsonObject(),
            4 => new JsonArray(value?.DeepClone(), null),
            5 => new JsonObject { ["value"] = value?.DeepClone() },
            6 => Nested(dice),
            7 => Texts.Hostile(dice),
            _ => JsonText.Raw(dice.Pick(s_numbers)),
        };
    }

    private static JsonNode Nested(Dice dice)
    {
        var depth = dice.Pick([10, 63, 64, 65, 200, 10_000]);
        var (open, close) = dice.Pick<(string, string)>([
            ("[", "]"),
            ("{\"a\":", "}"),
            ("{\"query\":{\"notQuery\":", "}}"),
            ("{\"andQuery\":{\"queries\":[", "]}}"),
        ]);
        return JsonText.Raw(
            new StringBuilder().Insert(0, open, depth).Append('1').Insert((open.Length * depth) + 1, close, depth).ToString()
        );
    }

    private static byte[] SpoilText(Dice dice, byte[] json)
    {
        var at = dice.Below(json.Length + 1);
        return dice.Below(9) switch
        {
            0 => json[..at],
            1 => [.. json, .. "}"u8],
            2 => [.. json, .. json],
            3 => [0xEF, 0xBB, 0xBF, .. json],
            4 => Encoding.Unicode.GetBytes(Encoding.UTF8.GetString(json)),
            5 => [.. json[..at], (byte)dice.Below(256), .. json[at..]],
            6 => [.. json[..at], 0xFF, .. json[at..]],
            7 => [.. "["u8, .. json, .. "]"u8],
            _ => dice.Pick<byte[]>([
                [],
                "null"u8.ToArray(),
                "\"\""u8.ToArray(),
                "[]"u8.ToArray(),
                "{"u8.ToArray(),
                "1"u8.ToArray(),
                dice.Bytes(40),
            ]),
        };
    }

    private static IEnumerable<JsonObject> Objects(JsonNode? node) =>
        node switch
        {
            JsonObject members => members.SelectMany(member => Objects(member.Value)).Prepend(members),
            JsonArray items => items.SelectMany(Objects),
            _ => [],
        };

    private static string Snake(string name) =>
        string.Concat(name.Select(letter => char.IsAsciiLetterUpper(letter) ? $"_{char.ToLowerInvariant(letter)}" : $"{letter}"));
}
