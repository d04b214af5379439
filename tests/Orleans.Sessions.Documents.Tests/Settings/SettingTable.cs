using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Orleans.Sessions.Documents.Tests.Settings;

/// <summary>The tables of settings in the document about the configuration.</summary>
internal static partial class SettingTable
{
    /// <summary>The document that has the tables.</summary>
    public const string Path = "src/Orleans.Sessions.Host/README.md";

    private const string Begin =
        "<!-- Written by SETTINGS_WRITE=1 dotnet run -c Release --project tests/Orleans.Sessions.Documents.Tests -->\n";

    private const string End = "<!-- The end of what is written. -->\n";

    /// <summary>The document with the tables as they must be.</summary>
    public static string Fill(string document)
    {
        var begin = document.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length;
        var end = document.IndexOf(End, StringComparison.Ordinal);
        return begin < Begin.Length || end < begin
            ? throw new InvalidOperationException($"{Path} has no place for the tables.")
            : $"{document[..begin]}\n{Write()}\n{document[end..]}";
    }

    private static string Write()
    {
        var groups = SettingCatalogue.All.GroupBy(setting => setting.Section).OrderBy(group => group.Key, StringComparer.Ordinal).ToList();
        var text = new StringBuilder();
        foreach (var section in groups.Select(group => group.Key))
        {
            var anchor = section.Replace(":", "", StringComparison.Ordinal).ToLowerInvariant();
            text.Append(CultureInfo.InvariantCulture, $"- [`{section}`](#{anchor})\n");
        }

        foreach (var group in groups)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n### {group.Key}\n\n{Introduction(group.Key)}");
            text.Append("| key | default | meaning |\n|---|---|---|\n");
            foreach (var (_, key, value, meaning) in group)
            {
                var cell = meaning.Replace("|", "\\|", StringComparison.Ordinal);
                text.Append(CultureInfo.InvariantCulture, $"| `{key}` | {value} | {cell} |\n");
            }
        }

        return text.ToString();
    }

    private static string Introduction(string section) =>
        SettingCatalogue.Classes.FirstOrDefault(one => one.Section == section).Type is { } type
            ? $"{Named().Replace(XmlDocs.Summary($"T:{type.FullName}"), "")}\n\n"
            : "";

    [GeneratedRegex("; (?:configuration )?section `[^`]*`")]
    private static partial Regex Named();
}
