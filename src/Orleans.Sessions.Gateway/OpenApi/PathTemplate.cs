using System.Text.RegularExpressions;

namespace Orleans.Sessions.Gateway.OpenApi;

/// <summary>
/// The path of routes that only their verbs tell apart. The contract may name a variable differently in each; OpenAPI takes two such paths
/// for identical, so here they share one name.
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
