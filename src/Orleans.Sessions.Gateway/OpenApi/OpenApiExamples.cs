using System.Text.Json.Nodes;
using Google.Protobuf.Reflection;
using Orleans.Sessions.Protocol.Validate;

namespace Orleans.Sessions.Gateway.OpenApi;

/// <summary>
/// Requests that follow the rules of the contract: with what is required and nothing else, so that a reader can send them as they are. Ids
/// are made up. The reader puts ids that exist in their place.
/// </summary>
internal static class OpenApiExamples
{
    private const string Id = "312456789012345678";
    private const char Filler = 'x';

    /// <summary>The texts of fields by the end of their names; the first that fits counts.</summary>
    private static readonly (string End, string Text)[] s_texts =
    [
        ("email", "ada@example.com"),
        ("given_name", "Ada"),
        ("family_name", "Lovelace"),
        ("password", "Correct-horse-7"),
        ("phone", "+41791234567"),
        ("domain", "example.com"),
        ("issuer", "https://idp.example.com"),
        ("uri", "https://app.example.com/"),
        ("url", "https://app.example.com/"),
        ("locale", "en"),
        ("language", "en"),
        ("code", "123456"),
        ("role_key", "reader"),
        ("id", Id),
        ("key", "example"),
    ];

    /// <summary>A body: the message without what the path has.</summary>
    public static JsonObject Body(MessageDescriptor request, IReadOnlyCollection<string> inPath) =>
        Message(request, field => !inPath.Contains(field.Name));

    /// <summary>One value of a field.</summary>
    public static JsonNode Value(FieldDescriptor field) => Value(field, OpenApiRules.Of(field));

    private static JsonObject Message(MessageDescriptor message, Func<FieldDescriptor, bool> isWanted)
    {
        var example = new JsonObject();
        foreach (var field in message.Fields.InDeclarationOrder().Where(field => isWanted(field) && OpenApiRules.IsRequired(field)))
        {
            example[field.JsonName] = Value(field);
        }

        foreach (var choice in message.Oneofs.Where(choice => !choice.IsSynthetic && OpenApiRules.IsRequired(choice)))
        {
            var first = choice.Fields[0];
            example[first.JsonName] = Value(first);
        }

        return example;
    }

    private static JsonNode Value(FieldDescriptor field, FieldRules? rules) =>
        field.FieldType switch
        {
            FieldType.Message => field.MessageType.FullName switch
            {
                "google.protobuf.Timestamp" => Text("2030-01-01T00:00:00Z"),
                "google.protobuf.Duration" => Text("3600s"),
                "google.protobuf.Struct" => new JsonObject(),
                _ => Message(field.MessageType, _ => true),
            },
            FieldType.Enum => Text(field.EnumType.Values.First(value => rules?.Enum?.NotIn.Contains(value.Number) != true).Name),
            FieldType.Bool => JsonValue.Create(rules?.Bool is not { HasConst: true, Const: false }),
            FieldType.Bytes => Text(Convert.ToBase64String(new byte[Math.Max(1, (int)(rules?.Bytes?.MinLen ?? 1))])),
            FieldType.Int64 or FieldType.UInt64 => Text("1"),
            FieldType.Int32 or FieldType.UInt32 => JsonValue.Create(1),
            _ => Text(TextOf(field.Name, rules?.String)),
        };

    private static JsonValue Text(string text) => JsonValue.Create(text)!;

    private static string TextOf(string name, StringRules? rules)
    {
        var text = s_texts.FirstOrDefault(row => name.EndsWith(row.End, StringComparison.Ordinal)).Text ?? "Example";
        if (rules is null)
        {
            return text;
        }

        var least = rules.HasLen ? rules.Len : rules.MinLen;
        var most =
            rules.HasLen ? rules.Len
            : rules.HasMaxLen ? rules.MaxLen
            : ulong.MaxValue;
        return (ulong)text.Length < least ? text.PadRight((int)least, Filler)
            : (ulong)text.Length > most ? text[..(int)most]
            : text;
    }
}
