using System.Text.RegularExpressions;

namespace Orleans.Sessions.Gateway.OpenApi;

/// <summary>
/// The common path of routes that differ only in their verbs and in the names of variables. To OpenAPI such paths are the same path, so
/// here the variables have the same names too.
/// </summary>
/// <param name="Path">The path, with the names of its variables.</param>
internal sealed partial record PathTemplate(string Path)
{
    private const string Shared = "id";

    /// <summary>The names of the variables, in their order.</summary>
    public IReadOnlyList<string> Variables { get; } = VariablesOf(Path);

    /// <summary>The templates, by each of the paths.</summary>
    public static Dictionary<string, PathTemplate> Of(IEnumerable<string> paths) =>
        paths
            .Distinct()
            .GroupBy(path => Variable().Replace(path, "{}"))
            .SelectMany(group => group.Select(path => (path, Template: Join([.. group]))))
            .ToDictionary(row => row.path, row => row.Template, StringComparer.Ordinal);

    /// <summary>The names of the variables of a path, in their order.</summary>
    public static IReadOnlyList<string> VariablesOf(string path) => [.. Variable().Matches(path).Select(match => match.Groups[1].Value)];

    private static PathTemplate Join(IReadOnlyList<string> paths)
    {
        var names = paths.Select(VariablesOf).ToList();
        var index = 0;
        return new PathTemplate(
            Variable()
                .Replace(paths[0], _ =>
                {
                    var given = names.Select(variables => variables[index]).Distinct().ToList();
                    index++;
                    return given is [var one] ? $"{{{one}}}" : $"{{{Shared}}}";
                })
        );
    }

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex Variable();
}
