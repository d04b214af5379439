using System.Text.Json.Nodes;
using Google.Protobuf.Reflection;
using Orleans.Sessions.Protocol.Validate;

namespace Orleans.Sessions.Gateway.OpenApi;

/// <summary>The rules of the contract (<c>validate.rules</c>) as keywords of JSON Schema.</summary>
internal static class OpenApiRules
{
    /// <summary>A duration in JSON. Its largest number of seconds has twelve digits.</summary>
    public const string Duration = @"^-?[0-9]{1,12}(\.[0-9]{1,9})?s$";

    private const string PositiveDuration = @"^([1-9][0-9]{0,10}(\.[0-9]{1,9})?|0\.[0-9]{0,8}[1-9])s$";

    /// <summary>The rules of a field; <c>null</c> if it has none.</summary>
    public static FieldRules? Of(FieldDescriptor field) => field.GetOptions()?.GetExtension(ValidateExtensions.Rules);

    /// <summary>Whether a message without the field, or with its default value, is refused.</summary>
    public static bool IsRequired(FieldDescriptor field) =>
        Of(field) is { } rules
        && !field.IsMap
        && !field.IsRepeated
        && field.RealContainingOneof is null
        && (
            field.FieldType == FieldType.Message
                ? rules.Message?.Required == true || rules.Timestamp?.Required == true
                : !field.HasPresence && IsDefaultRefused(field, rules)
        );

    /// <summary>Whether one of the members of a choice must be set.</summary>
    public static bool IsRequired(OneofDescriptor choice) => choice.GetOptions()?.GetExtension(ValidateExtensions.Required) == true;

    /// <summary>Adds the bounds of one value to its schema.</summary>
    public static void Bound(JsonObject schema, FieldDescriptor field, FieldRules? rules)
    {
        switch (field.FieldType)
        {
            case FieldType.String when rules?.String is { } text:
                BoundText(schema, text);
                break;
            case FieldType.Bytes when rules?.Bytes is { } bytes:
                BoundBytes(schema, bytes);
                break;
            case FieldType.Bool when rules?.Bool is { HasConst: true } flag:
                schema["const"] = flag.Const;
                break;
            case FieldType.Enum when rules?.Enum is { NotIn.Count: > 0 } values:
                schema["not"] = new JsonObject
                {
                    ["enum"] = Texts(values.NotIn.Select(number => field.EnumType.FindValueByNumber(number)?.Name).OfType<string>()),
                };
                break;
            case FieldType.Message when rules?.Duration?.Gt is not null:
                schema["pattern"] = PositiveDuration;
                break;
        }
    }

    /// <summary>
    /// Says which fields a message must have, and which not together. A message that is only a choice has one property. For others, the
    /// refused combinations are listed: generators of code read <c>oneOf</c> as types of their own, and would lose other fields.
    /// </summary>
    /// <param name="schema">The schema of the message.</param>
    /// <param name="message">The message.</param>
    /// <param name="fields">Its fields, without those that the path has.</param>
    public static void Demand(JsonObject schema, MessageDescriptor message, IReadOnlyList<FieldDescriptor> fields)
    {
        var required = fields.Where(IsRequired).Select(field => field.JsonName).ToList();
        if (required.Count > 0)
        {
            schema["required"] = Texts(required);
        }

        var refused = new JsonArray();
        foreach (var choice in message.Oneofs.Where(choice => !choice.IsSynthetic))
        {
            var names = choice.Fields.Where(field => fields.Contains(field)).Select(field => field.JsonName).ToList();
            Describe(schema, choice, names);
            if (names.Count == fields.Count)
            {
                schema["maxProperties"] = 1;
                if (IsRequired(choice))
                {
                    schema["minProperties"] = 1;
                }
            }
            else
            {
                Refuse(refused, names, IsRequired(choice));
            }
        }

        if (refused.Count > 0)
        {
            schema["not"] = refused.Count == 1 ? refused[0]!.DeepClone() : new JsonObject { ["anyOf"] = refused };
        }
    }

    private static void Describe(JsonObject schema, OneofDescriptor choice, List<string> names)
    {
        var text = $"{(IsRequired(choice) ? "Exactly" : "At most")} one of `{string.Join("`, `", names)}` is set.";
        schema["description"] = schema["description"] is { } before ? $"{(string?)before} {text}" : text;
    }

    private static void Refuse(JsonArray refused, List<string> names, bool isRequired)
    {
        for (var first = 0; first < names.Count; first++)
        {
            for (var second = first + 1; second < names.Count; second++)
            {
                refused.Add((JsonNode)With(names[first], names[second]));
            }
        }

        if (isRequired)
        {
            refused.Add(
                (JsonNode)
                    new JsonObject
                    {
                        ["not"] = new JsonObject { ["anyOf"] = new JsonArray([.. names.Select(name => (JsonNode)With(name))]) },
                    }
            );
        }
    }

    /// <summary>An object that has these properties. Linters want a property that is required to be described at the same place.</summary>
    private static JsonObject With(params string[] names) =>
        new()
        {
            ["required"] = Texts(names),
            ["properties"] = new JsonObject(names.Select(name => KeyValuePair.Create(name, (JsonNode?)new JsonObject()))),
        };

    private static bool IsDefaultRefused(FieldDescriptor field, FieldRules rules) =>
        field.FieldType switch
        {
            FieldType.String => rules.String is { } text && (text.MinLen > 0 || text.Len > 0 || text.Email),
            FieldType.Bytes => rules.Bytes is { MinLen: > 0 },
            FieldType.Bool => rules.Bool is { HasConst: true, Const: true },
            FieldType.Enum => rules.Enum?.NotIn.Contains(0) == true,
            _ => false,
        };

    private static void BoundText(JsonObject schema, StringRules rules)
    {
        if (rules.HasMinLen || rules.HasLen)
        {
            schema["minLength"] = rules.HasLen ? rules.Len : rules.MinLen;
        }

        if (rules.HasMaxLen || rules.HasLen)
        {
            schema["maxLength"] = rules.HasLen ? rules.Len : rules.MaxLen;
        }

        if (rules.Email)
        {
            schema["format"] = "email";
        }
        else if (rules.UriRef)
        {
            schema["format"] = "uri-reference";
        }
    }

    /// <summary>Base64 has four characters for three bytes, with or without padding.</summary>
    private static void BoundBytes(JsonObject schema, BytesRules rules)
    {
        if (rules.HasMinLen)
        {
            schema["minLength"] = ((rules.MinLen * 4) + 2) / 3;
        }

        if (rules.HasMaxLen)
        {
            schema["maxLength"] = (rules.MaxLen + 2) / 3 * 4;
        }
    }

    private static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(text => (JsonNode?)JsonValue.Create(text))]);
}
