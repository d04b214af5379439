using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Orleans.Sessions.Testing;

/// <summary>An OpenAPI document, with as much of JSON Schema as it uses: what follows it, and what does not.</summary>
public sealed class ApiDescription(JsonNode document)
{
    /// <summary>All operations.</summary>
    public IEnumerable<ApiOperation> Operations =>
        from path in document["paths"]!.AsObject()
        from operation in path.Value!.AsObject()
        select new ApiOperation(operation.Key, path.Key, operation.Value!);

    /// <summary>What a node is, after its references.</summary>
    public JsonNode Resolve(JsonNode node) =>
        node is JsonObject item && (string?)item["$ref"] is { } reference
            ? Resolve(reference.Split('/')[1..].Aggregate(document, (place, name) => place[name]!))
            : node;

    /// <summary>The schema of the body of an answer with this status; <c>null</c> if the operation does not have the status.</summary>
    public JsonNode? Answer(ApiOperation operation, int status) =>
        operation.Node["responses"]![$"{status}"] is { } response ? Resolve(response)["content"]!["application/json"]!["schema"] : null;

    /// <summary>The first place at which a value does not follow a schema; <c>null</c> if it follows.</summary>
    public string? Violation(JsonNode schema, JsonNode? value, string place = "$")
    {
        if ((string?)schema["$ref"] is not null && Violation(Resolve(schema), value, place) is { } inner)
        {
            return inner;
        }

        var kind = value?.GetValueKind() ?? JsonValueKind.Null;
        return (string?)schema["type"] switch
        {
            "object" => kind == JsonValueKind.Object ? OfObject(schema, value!.AsObject(), place) : $"{place}: no object",
            "array" => kind != JsonValueKind.Array ? $"{place}: no array"
            : (int?)schema["maxItems"] < value!.AsArray().Count ? $"{place}: too many items"
            : OfItems(schema["items"]!, value.AsArray(), place),
            "string" => kind == JsonValueKind.String ? OfText(schema, (string)value!, place) : $"{place}: no text",
            "integer" => kind == JsonValueKind.Number ? null : $"{place}: no number",
            "boolean" => kind is JsonValueKind.True or JsonValueKind.False ? null : $"{place}: neither true nor false",
            _ => null,
        };
    }

    /// <summary>Bodies that do not follow the schema of a request, each with what is wrong; each is the example with one change.</summary>
    public IEnumerable<(string Fault, JsonObject Body)> InvalidBodies(ApiOperation operation)
    {
        if (operation.Body is not { } content)
        {
            yield break;
        }

        var schema = Resolve(content["schema"]!);
        foreach (var required in schema["required"]?.AsArray() ?? [])
        {
            var body = content["example"]!.DeepClone().AsObject();
            body.Remove((string)required!);
            yield return ($"without {required}", body);
        }

        foreach (var (name, property) in schema["properties"]!.AsObject())
        {
            foreach (var (fault, value) in InvalidValues(Resolve(property!)))
            {
                var body = content["example"]!.DeepClone().AsObject();
                body[name] = value;
                yield return ($"{name}: {fault}", body);
            }
        }
    }

    private static IEnumerable<(string Fault, JsonNode Value)> InvalidValues(JsonNode schema)
    {
        if ((string?)schema["type"] is "object" or "array")
        {
            yield return ("a text", JsonValue.Create("text")!);
        }
        else
        {
            yield return ("an array", new JsonArray());
        }

        if (schema["enum"] is not null)
        {
            yield return ("an unknown name", JsonValue.Create("NO_SUCH_VALUE")!);
        }

        if ((int?)schema["maxLength"] is { } most && schema["contentEncoding"] is null)
        {
            yield return ("too long", JsonValue.Create(new string('a', most + 1))!);
        }

        if ((int?)schema["minLength"] > 0)
        {
            yield return ("too short", JsonValue.Create("")!);
        }

        if ((string?)schema["pattern"] is not null)
        {
            yield return ("of another pattern", JsonValue.Create("no match")!);
        }
    }

    private string? OfItems(JsonNode schema, JsonArray items, string place) =>
        items.Select((item, index) => Violation(schema, item, $"{place}[{index}]")).OfType<string>().FirstOrDefault();

    private string? OfObject(JsonNode schema, JsonObject value, string place)
    {
        foreach (var required in schema["required"]?.AsArray() ?? [])
        {
            if (!value.ContainsKey((string)required!))
            {
                return $"{place}: without {required}";
            }
        }

        if ((int?)schema["maxProperties"] < value.Count || (int?)schema["minProperties"] > value.Count)
        {
            return $"{place}: {value.Count} properties";
        }

        foreach (var (name, member) in value)
        {
            var described = schema["properties"]?[name] ?? schema["additionalProperties"];
            if (described is null && schema["properties"] is not null)
            {
                return $"{place}.{name}: not described";
            }

            if (described is not null && Violation(described, member, $"{place}.{name}") is { } violation)
            {
                return violation;
            }
        }

        return null;
    }

    private static string? OfText(JsonNode schema, string value, string place) =>
        schema["enum"] is JsonArray names && !names.Any(name => (string?)name == value) ? $"{place}: {value} is not in the enum"
        : (int?)schema["maxLength"] < value.Length ? $"{place}: too long"
        : (int?)schema["minLength"] > value.Length ? $"{place}: too short"
        : (string?)schema["pattern"] is { } pattern && !Regex.IsMatch(value, pattern) ? $"{place}: {value} does not match {pattern}"
        : null;
}
