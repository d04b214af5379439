using System.Text.Json.Nodes;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Orleans.Sessions.Protocol.Validate;

namespace Orleans.Sessions.Gateway.OpenApi;

/// <summary>The schemas of messages as proto3 JSON, each message once.</summary>
internal sealed class OpenApiSchemas
{
    /// <summary>The schemas by message name.</summary>
    public JsonObject Components { get; } = [];

    /// <summary>A message, by reference.</summary>
    public JsonObject Reference(MessageDescriptor message)
    {
        if (!Components.ContainsKey(message.FullName))
        {
            // The schema is entered before it is filled, because messages may contain themselves.
            var properties = new JsonObject();
            Components[message.FullName] = new JsonObject { ["type"] = "object", ["properties"] = properties };
            foreach (var field in message.Fields.InDeclarationOrder())
            {
                properties[field.JsonName] = Field(field);
            }
        }

        return Reference(message.FullName);
    }

    /// <summary>A field.</summary>
    public JsonObject Field(FieldDescriptor field)
    {
        var schema = Schema(field);
        if (field.GetOptions()?.Deprecated == true)
        {
            schema["deprecated"] = true;
        }

        return schema;
    }

    private JsonObject Schema(FieldDescriptor field)
    {
        if (field.IsMap)
        {
            return new JsonObject { ["type"] = "object", ["additionalProperties"] = Single(field.MessageType.FindFieldByNumber(2)) };
        }

        return field.IsRepeated ? new JsonObject { ["type"] = "array", ["items"] = Single(field) } : Single(field);
    }

    /// <summary>The envelope of errors.</summary>
    public JsonObject Status()
    {
        const string Name = "google.rpc.Status";
        if (!Components.ContainsKey(Name))
        {
            Components[Name] = new JsonObject
            {
                ["type"] = "object",
                ["properties"] = new JsonObject
                {
                    ["code"] = new JsonObject { ["type"] = "integer" },
                    ["message"] = new JsonObject { ["type"] = "string" },
                    ["details"] = new JsonObject
                    {
                        ["type"] = "array",
                        ["items"] = new JsonObject
                        {
                            ["type"] = "object",
                            ["properties"] = new JsonObject
                            {
                                ["@type"] = new JsonObject { ["type"] = "string" },
                                ["id"] = new JsonObject { ["type"] = "string" },
                                ["message"] = new JsonObject { ["type"] = "string" },
                                ["failedAttempts"] = new JsonObject { ["type"] = "integer" },
                            },
                        },
                    },
                },
            };
        }

        return Reference(Name);
    }

    private static JsonObject Reference(string name) => new() { ["$ref"] = $"#/components/schemas/{name}" };

    private JsonObject Single(FieldDescriptor field) =>
        field.FieldType switch
        {
            FieldType.Message => Message(field.MessageType),
            FieldType.Enum => new JsonObject
            {
                ["type"] = "string",
                ["enum"] = new JsonArray([.. field.EnumType.Values.Select(value => (JsonNode)value.Name)]),
            },
            FieldType.Bool => new JsonObject { ["type"] = "boolean" },
            FieldType.Bytes => new JsonObject { ["type"] = "string", ["contentEncoding"] = "base64" },
            FieldType.Int64 or FieldType.UInt64 => new JsonObject { ["type"] = "string", ["pattern"] = "^-?[0-9]+$" },
            FieldType.Int32 or FieldType.UInt32 => new JsonObject { ["type"] = "integer" },
            _ => Text(field.GetOptions()?.GetExtension(ValidateExtensions.Rules)?.String),
        };

    private JsonObject Message(MessageDescriptor message) =>
        message.FullName switch
        {
            "google.protobuf.Timestamp" => new JsonObject { ["type"] = "string", ["format"] = "date-time" },
            "google.protobuf.Duration" => new JsonObject { ["type"] = "string", ["pattern"] = @"^-?[0-9]+(\.[0-9]{1,9})?s$" },
            "google.protobuf.Struct" => new JsonObject { ["type"] = "object" },
            _ => Reference(message),
        };

    private static JsonObject Text(StringRules? rules)
    {
        var text = new JsonObject { ["type"] = "string" };
        if (rules is { HasMinLen: true } or { HasLen: true })
        {
            text["minLength"] = rules.HasLen ? rules.Len : rules.MinLen;
        }

        if (rules is { HasMaxLen: true } or { HasLen: true })
        {
            text["maxLength"] = rules.HasLen ? rules.Len : rules.MaxLen;
        }

        return text;
    }
}
