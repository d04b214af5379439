using System.Text.Json.Nodes;
using Google.Protobuf.Reflection;
using Orleans.Sessions.Protocol.Validate;

namespace Orleans.Sessions.Gateway.OpenApi;

/// <summary>The schemas of messages as proto3 JSON, each message once.</summary>
/// <param name="comments">What describes them.</param>
/// <param name="requests">The messages that callers send. Of the others, what they cannot have together is not said.</param>
internal sealed class OpenApiSchemas(ContractComments comments, IReadOnlySet<MessageDescriptor> requests)
{
    /// <summary>The envelope of errors.</summary>
    private const string Error = "Error";

    private const string WellKnown = "google.protobuf";

    /// <summary>The schemas by name.</summary>
    public JsonObject Components { get; } = [];

    /// <summary>Whether JSON has a text or free content where this message is.</summary>
    public static bool IsWellKnown(MessageDescriptor message) => message.File.Package == WellKnown;

    /// <summary>A message, by reference.</summary>
    public JsonObject Reference(MessageDescriptor message) => Reference(OpenApiNames.Schema(message), message, []);

    /// <summary>The body of a request of which some fields are in the path, by reference.</summary>
    public JsonObject Body(MessageDescriptor request, IReadOnlyCollection<string> inPath) =>
        inPath.Count == 0 ? Reference(request) : Reference(OpenApiNames.Body(request), request, inPath);

    /// <summary>A field.</summary>
    public JsonObject Field(FieldDescriptor field)
    {
        var schema = Schema(field);
        if (comments.Of(field) is { } comment)
        {
            schema["description"] = comment;
        }

        if (field.GetOptions()?.Deprecated == true)
        {
            schema["deprecated"] = true;
        }

        return schema;
    }

    /// <summary>The envelope of errors, <c>google.rpc.Status</c> with ZITADEL's details, by reference.</summary>
    public JsonObject ErrorReference()
    {
        if (!Components.ContainsKey(Error))
        {
            Components[Error] = new JsonObject
            {
                ["type"] = "object",
                ["description"] = "Why a request was refused (`google.rpc.Status`).",
                ["required"] = new JsonArray("code", "message"),
                ["properties"] = new JsonObject
                {
                    ["code"] = Described(Number(), "The code of gRPC."),
                    ["message"] = Described(Text(), "The reason, with its id in parentheses."),
                    ["details"] = new JsonObject
                    {
                        ["type"] = "array",
                        ["items"] = new JsonObject
                        {
                            ["type"] = "object",
                            ["required"] = new JsonArray("@type"),
                            ["properties"] = new JsonObject
                            {
                                ["@type"] = Described(Text(), "Such as `type.googleapis.com/zitadel.v1.ErrorDetail`."),
                                ["id"] = Described(Text(), "The id of the reason. It stays, while texts may change."),
                                ["message"] = Described(Text(), "The reason without its id."),
                                ["failedAttempts"] = Described(Number(), "How many wrong passwords or codes in a row there were."),
                                ["fieldViolations"] = Violations(),
                            },
                        },
                    },
                },
            };
        }

        return Reference(Error);
    }

    private static JsonObject Violations() =>
        new()
        {
            ["type"] = "array",
            ["description"] = "In `google.rpc.BadRequest`, which may come second: the fields that break a rule.",
            ["items"] = new JsonObject
            {
                ["type"] = "object",
                ["properties"] = new JsonObject
                {
                    ["field"] = Described(Text(), "The path of the field, such as `redirectUris[1]`."),
                    ["description"] = Described(Text(), "The rule, and after a colon the value, if it is an address or a name."),
                },
            },
        };

    private static JsonObject Reference(string name) => new() { ["$ref"] = $"#/components/schemas/{name}" };

    private static JsonObject Text() => new() { ["type"] = "string" };

    private static JsonObject Number() => new() { ["type"] = "integer", ["format"] = "int32" };

    private static JsonObject Described(JsonObject schema, string description)
    {
        schema["description"] = description;
        return schema;
    }

    private JsonObject Reference(string name, MessageDescriptor message, IReadOnlyCollection<string> without)
    {
        if (!Components.ContainsKey(name))
        {
            // The schema is entered before it is filled, because messages may contain themselves.
            var schema = new JsonObject { ["type"] = "object" };
            Components[name] = schema;
            if (comments.Of(message) is { } comment)
            {
                schema["description"] = comment;
            }

            var fields = message.Fields.InDeclarationOrder().Where(field => !without.Contains(field.Name)).ToList();
            if (requests.Contains(message))
            {
                OpenApiRules.Demand(schema, message, fields);
            }

            var properties = new JsonObject();
            schema["properties"] = properties;
            foreach (var field in fields)
            {
                properties[field.JsonName] = Field(field);
            }
        }

        return Reference(name);
    }

    private JsonObject Schema(FieldDescriptor field)
    {
        var rules = OpenApiRules.Of(field);
        if (field.IsMap)
        {
            return new JsonObject { ["type"] = "object", ["additionalProperties"] = Single(field.MessageType.FindFieldByNumber(2), null) };
        }

        if (!field.IsRepeated)
        {
            return Single(field, rules);
        }

        var array = new JsonObject { ["type"] = "array", ["items"] = Single(field, rules?.Repeated?.Items) };
        if (rules?.Repeated is { HasMaxItems: true, MaxItems: var most })
        {
            array["maxItems"] = most;
        }

        return array;
    }

    private JsonObject Single(FieldDescriptor field, FieldRules? rules)
    {
        var schema = field.FieldType switch
        {
            FieldType.Message => Message(field.MessageType),
            FieldType.Enum => Reference(field.EnumType),
            FieldType.Bool => new JsonObject { ["type"] = "boolean" },
            FieldType.Bytes => new JsonObject { ["type"] = "string", ["contentEncoding"] = "base64" },
            FieldType.Int64 => new JsonObject { ["type"] = "string", ["pattern"] = "^-?[0-9]{1,19}$" },
            FieldType.UInt64 => new JsonObject { ["type"] = "string", ["pattern"] = "^[0-9]{1,20}$" },
            FieldType.Int32 => Number(),
            FieldType.UInt32 => new JsonObject
            {
                ["type"] = "integer",
                ["format"] = "int64",
                ["minimum"] = 0,
                ["maximum"] = uint.MaxValue,
            },
            FieldType.String => Text(),
            _ => throw new NotSupportedException($"The contract has a field of type {field.FieldType}: {field.FullName}."),
        };
        OpenApiRules.Bound(schema, field, rules);
        return schema;
    }

    private JsonObject Message(MessageDescriptor message) =>
        message.FullName switch
        {
            $"{WellKnown}.Timestamp" => new JsonObject { ["type"] = "string", ["format"] = "date-time" },
            $"{WellKnown}.Duration" => new JsonObject { ["type"] = "string", ["pattern"] = OpenApiRules.Duration },
            $"{WellKnown}.Struct" => new JsonObject { ["type"] = "object" },
            _ => Reference(message),
        };

    private JsonObject Reference(EnumDescriptor type)
    {
        var name = OpenApiNames.Schema(type);
        if (!Components.ContainsKey(name))
        {
            var schema = new JsonObject
            {
                ["type"] = "string",
                ["enum"] = new JsonArray([.. type.Values.Select(value => (JsonNode?)JsonValue.Create(value.Name))]),
            };
            var lines = type
                .Values.Select(value => comments.Of(type, value) is { } comment ? $"- `{value.Name}`: {comment}" : null)
                .Prepend(comments.Of(type))
                .OfType<string>();
            if (string.Join("\n", lines) is { Length: > 0 } description)
            {
                schema["description"] = description;
            }

            Components[name] = schema;
        }

        return Reference(name);
    }
}
