using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Orleans.Sessions.Documents.Tests.Settings;

/// <summary>The XML documentation of our assemblies as Markdown.</summary>
internal static partial class XmlDocs
{
    private static readonly Dictionary<string, XElement> s_members = Directory
        .EnumerateFiles(AppContext.BaseDirectory, "Orleans.Sessions*.xml")
        .SelectMany(file => XDocument.Load(file).Descendants("member"))
        .GroupBy(member => member.Attribute("name")!.Value)
        .ToDictionary(same => same.Key, same => same.First());

    /// <summary>The summary of a member, such as <c>P:Type.Property</c>.</summary>
    public static string Summary(string member) => Find(member) ?? throw new InvalidOperationException($"{member} has no summary.");

    /// <summary>The summary of a member; <c>null</c>: it has none.</summary>
    public static string? Find(string member) => Text(member, "summary");

    /// <summary>The value of a member.</summary>
    public static string? Value(string member) => Text(member, "value");

    private static string? Text(string member, string element)
    {
        if (!s_members.TryGetValue(member, out var docs))
        {
            return null;
        }

        return docs.Element("inheritdoc")?.Attribute("cref")?.Value is { } other ? Text(other, element)
            : docs.Element(element) is { } found ? WhiteSpace().Replace(Markdown(found), " ").Trim()
            : null;
    }

    private static string Markdown(XElement element)
    {
        var text = new StringBuilder();
        foreach (var node in element.Nodes())
        {
            text.Append(
                node switch
                {
                    XText plain => plain.Value,
                    XElement inner => inner.Attribute("cref") is { } cref
                        ? $"`{cref.Value.Split('.')[^1]}`"
                        : $"`{inner.Attribute("langword")?.Value ?? inner.Attribute("name")?.Value ?? inner.Value}`",
                    _ => "",
                }
            );
        }

        return text.ToString();
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex WhiteSpace();
}
