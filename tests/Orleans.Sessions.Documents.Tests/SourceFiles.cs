namespace Orleans.Sessions.Documents.Tests;

/// <summary>The files that people write, without those that the build and npm put beside them.</summary>
internal static class SourceFiles
{
    private static readonly string[] s_madeFolders = ["bin", "obj", "node_modules"];

    /// <summary>The files in a folder and below it; the paths are relative to the solution, with slashes.</summary>
    public static IEnumerable<string> In(string folder, string pattern = "*") =>
        Directory
            .EnumerateFiles(Checkout.PathOf(folder), pattern, SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Checkout.Root, file).Replace('\\', '/'))
            .Where(path => !path.Split('/').Intersect(s_madeFolders).Any());
}
