using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Google.Protobuf.Reflection;
using Orleans.Sessions.Fuzz.Generation;
using Orleans.Sessions.Fuzz.World;
using Orleans.Sessions.Protocol.Validate;

namespace Orleans.Sessions.Fuzz.Contract;

/// <summary>Makes messages, as proto3 JSON, that are well-formed and mostly make sense.</summary>
public sealed class MessageMaker(Dice dice, Things targets)
{
    private const int MaxDepth = 6;

    /// <summary>A message of this type.</summary>
    public JsonObject Make(MessageDescriptor type) => Make(type, 0);

    private JsonObject Make(MessageDescriptor type, int depth)
    {
        var json = new JsonObject();
        var chosen = type.RealOneofs()
            .Where(oneof => Requires(oneof) || dice.Chance(0.6))
            .Select(oneof => dice.Pick((IReadOnlyList<FieldDescriptor>)[.. oneof.Fields]))
            .ToHashSet();
        foreach (var field in type.Fields.InDeclarationOrder())
        {
            if (field.RealContainingOneof is null ? IsWanted(field, depth) : chosen.Contains(field) && depth < MaxDepth)
            {
                json[field.JsonName] = Value(field, depth);
            }
        }

        return json;
    }

    private bool IsWanted(FieldDescriptor field, int depth)
    {
        var rules = field.GetOptions()?.GetExtension(ValidateExtensions.Rules);
        var isRequired =
            rules is { Message.Required: true } or { Timestamp.Required: true } or { String.MinLen: > 0 } && !field.HasPresence
            || rules?.Enum?.NotIn.Contains(0) == true;
        return isRequired ? dice.Chance(0.97)
            : field.FieldType == FieldType.Message ? depth < MaxDepth && dice.Chance(depth == 0 ? 0.45 : 0.35)
            : dice.Chance(field.Name is "user_id" ? 0.9 : 0.5);
    }

    private JsonNode? Value(FieldDescriptor field, int depth)
    {
        if (field.IsMap)
        {
            var value = field.MessageType.FindFieldByNumber(2);
            return new JsonObject(Enumerable.Range(0, dice.Below(3)).Select(i => KeyValuePair.Create($"key{i}", Single(value, depth))));
        }

        return field.IsRepeated
            ? new JsonArray([.. Enumerable.Range(0, dice.Pick([0, 1, 1, 1, 2, 3])).Select(_ => Single(field, depth))])
            : Single(field, depth);
    }

    private JsonNode? Single(FieldDescriptor field, int depth) =>
        field.FieldType switch
        {
            FieldType.String => dice.Chance(0.05) ? Texts.Hostile(dice)
            : dice.Chance(0.04) ? Texts.Spoil(dice, Vocabulary.Text(dice, field, targets))
            : Vocabulary.Text(dice, field, targets),
            FieldType.Bool => field.GetOptions()?.GetExtension(ValidateExtensions.Rules)?.Bool is { Const: true } || dice.Chance(0.5),
            FieldType.Bytes => Convert.ToBase64String(dice.Chance(0.7) ? Encoding.UTF8.GetBytes("value") : dice.Bytes(dice.Below(300))),
            FieldType.Enum => dice.Pick([.. field.EnumType.Values]).Name,
            FieldType.Message => Inner(field.MessageType, depth),
            FieldType.Int64 or FieldType.UInt64 or FieldType.SInt64 or FieldType.Fixed64 => Number().ToString(CultureInfo.InvariantCulture),
            _ => Number(),
        };

    private long Number() => dice.Pick([0, 1, 2, 10, 100, 1000, 1001, int.MaxValue]);

    private JsonNode? Inner(MessageDescriptor type, int depth) =>
        type.FullName switch
        {
            "google.protobuf.Timestamp" => (
                DateTimeOffset.UtcNow.Date + TimeSpan.FromDays(dice.Pick([-400, -1, 1, 1, 30, 30, 400, 36500]))
            ).ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture),
            "google.protobuf.Duration" => dice.Pick(["3600s", "86400s", "1s", "0s", "0.5s", "315576000000s"]),
            "google.protobuf.Struct" => Credential(),
            _ => Make(type, depth + 1),
        };

    /// <summary>A value in the shape that browsers return for passkeys.</summary>
    private JsonObject Credential() =>
        new()
        {
            ["id"] = "Y3JlZGVudGlhbA",
            ["rawId"] = "Y3JlZGVudGlhbA",
            ["type"] = "public-key",
            ["response"] = new JsonObject
            {
                ["clientDataJSON"] = Convert.ToBase64String("""{"type":"webauthn.get","challenge":"YQ","origin":"http://localhost"}"""u8),
                ["authenticatorData"] = Convert.ToBase64String(dice.Bytes(37)),
                ["attestationObject"] = Convert.ToBase64String(dice.Bytes(60)),
                ["signature"] = Convert.ToBase64String(dice.Bytes(64)),
            },
            ["clientExtensionResults"] = new JsonObject(),
        };

    private static bool Requires(OneofDescriptor oneof) => oneof.GetOptions()?.GetExtension(ValidateExtensions.Required) == true;
}

internal static class Oneofs
{
    /// <summary>The oneofs that the contract names. The others only represent <c>optional</c>.</summary>
    public static IEnumerable<OneofDescriptor> RealOneofs(this MessageDescriptor type) => type.Oneofs.Where(oneof => !oneof.IsSynthetic);
}
