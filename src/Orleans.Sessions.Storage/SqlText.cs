using System.Reflection;

namespace Orleans.Sessions.Storage;

/// <summary>The <c>.sql</c> files of this project, embedded as resources.</summary>
internal static class SqlText
{
    private const string Prefix = "Orleans.Sessions.Storage.";

    private static readonly Assembly s_assembly = typeof(SqlText).Assembly;

    /// <summary>The text of one file. <paramref name="name"/> is its path without extension, with dots between the folders.</summary>
    public static string Of(string name)
    {
        using var stream = s_assembly.GetManifestResourceStream($"{Prefix}{name}.sql")
            ?? throw new ArgumentException($"There is no SQL file '{name}'.", nameof(name));
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    /// <summary>The files of a folder, ordered by name.</summary>
    public static IEnumerable<(string Name, string Text)> Folder(string folder) =>
        from resource in s_assembly.GetManifestResourceNames()
        where resource.StartsWith($"{Prefix}{folder}.", StringComparison.Ordinal)
        let name = resource[$"{Prefix}{folder}.".Length..^".sql".Length]
        orderby name
        select (name, Of($"{folder}.{name}"));
}
