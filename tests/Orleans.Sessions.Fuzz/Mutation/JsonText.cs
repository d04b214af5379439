using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Orleans.Sessions.Fuzz.Generation;

namespace Orleans.Sessions.Fuzz.Mutation;

/// <summary>
/// Writes JSON, including JSON that no tree can represent: repeated names, endless numbers, half surrogate pairs, any nesting.
/// </summary>
public static partial class JsonText
{
    private const string RawMark = "#raw#";
    private const string AgainMark = "#again#";

    /// <summary>A value that is written unchanged.</summary>
    public static JsonNode Raw(string json) => JsonValue.Create($"{RawMark}{Convert.ToBase64String(Encoding.UTF8.GetBytes(json))}");

    /// <summary>Whether a text represents a value that is written unchanged.</summary>
    public static bool IsRaw(string text) => text.StartsWith(RawMark, StringComparison.Ordinal);

    /// <summary>A repetition of a member name.</summary>
    public static string Again(string name) => $"{AgainMark}{name}";

    public static byte[] Bytes(JsonNode? json) => Encoding.UTF8.GetBytes(Text(json));

    private static string Text(JsonNode? json)
    {
        var text = (json?.ToJsonString() ?? "null").Replace(AgainMark, "", StringComparison.Ordinal);
        text = RawValue().Replace(text, match => Encoding.UTF8.GetString(Convert.FromBase64String(Regex.Unescape(match.Groups[1].Value))));
        return text.Replace(JsonEncodedText.Encode($"{Texts.Half}").ToString(), "\\ud800", StringComparison.OrdinalIgnoreCase);
    }

    [GeneratedRegex("\"#raw#([^\"]*)\"")]
    private static partial Regex RawValue();
}
