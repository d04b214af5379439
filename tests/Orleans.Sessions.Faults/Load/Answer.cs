using System.Text.Json;
using System.Text.Json.Nodes;

namespace Orleans.Sessions.Faults.Load;

/// <summary>The answer of a node; status 0 means that no answer came.</summary>
public sealed record Answer(int Status, string Body, string Node)
{
    private JsonObject? _json;

    /// <summary>How many nodes were asked until this answer came.</summary>
    public int Tries { get; init; } = 1;

    /// <summary>Whether another node may succeed: no answer came, or this node cannot serve now.</summary>
    public bool IsWorthAnotherTry => Status is 0 or 429 or >= 500;

    public bool IsGood => Status is >= 200 and < 300;

    /// <summary>The body, if it is a JSON object.</summary>
    public JsonObject Json => _json ??= Parse();

    /// <summary>The id of the error, if it has one.</summary>
    public string ErrorId => (Json["details"] as JsonArray)?.FirstOrDefault()?["id"]?.GetValue<string>() ?? Json["error"]?.ToString() ?? "";

    /// <summary>A text in the body; empty if it is absent. Paths join names with dots.</summary>
    public string Text(string path) =>
        path.Split('.').Aggregate((JsonNode?)Json, (node, name) => (node as JsonObject)?[name])?.ToString() ?? "";

    private JsonObject Parse()
    {
        try
        {
            return JsonNode.Parse(Body) as JsonObject ?? [];
        }
        catch (JsonException)
        {
            return [];
        }
    }
}
