using System.Text.Json.Nodes;

namespace Orleans.Sessions.Testing;

/// <summary>An operation of an OpenAPI document.</summary>
/// <param name="Verb">The verb, in lower case.</param>
/// <param name="Path">The path, with variables.</param>
/// <param name="Node">What the document says of it.</param>
public sealed record ApiOperation(string Verb, string Path, JsonNode Node)
{
    /// <summary>The id.</summary>
    public string Id => (string)Node["operationId"]!;

    /// <summary>Schema and example of the body; <c>null</c> if the operation has none.</summary>
    public JsonNode? Body => Node["requestBody"]?["content"]!["application/json"];

    /// <summary>The parameters at a place: <c>path</c>, <c>query</c> or <c>header</c>.</summary>
    public IEnumerable<JsonNode> Parameters(string place) =>
        Node["parameters"]!.AsArray().OfType<JsonNode>().Where(parameter => (string?)parameter["in"] == place);

    /// <summary>The target of the example: the path with values, and the query that is required.</summary>
    public string Target
    {
        get
        {
            var path = Parameters("path")
                .Aggregate(Path, (soFar, one) => soFar.Replace("{" + one["name"] + "}", Escaped(one), StringComparison.Ordinal));
            var query = Parameters("query").Where(one => (bool?)one["required"] == true).Select(one => $"{one["name"]}={Escaped(one)}");
            return string.Join('?', new[] { path, string.Join('&', query) }.Where(part => part.Length > 0));
        }
    }

    private static string Escaped(JsonNode parameter) =>
        Uri.EscapeDataString((parameter["example"] is JsonArray items ? items[0] : parameter["example"])!.ToString());
}
