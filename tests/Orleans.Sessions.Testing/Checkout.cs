namespace Orleans.Sessions.Testing;

/// <summary>The files of the project from which these tests were built.</summary>
public static class Checkout
{
    /// <summary>The folder of the solution.</summary>
    public static string Root { get; } = Find();

    /// <summary>The absolute path of a file or folder; <paramref name="path"/> is relative to the solution.</summary>
    public static string PathOf(string path) => Path.Combine(Root, path);

    /// <summary>The text of a file; <paramref name="path"/> is relative to the solution.</summary>
    public static string Read(string path) => File.ReadAllText(PathOf(path));

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Orleans.Sessions.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException("The solution is not above the test assembly.");
    }
}
