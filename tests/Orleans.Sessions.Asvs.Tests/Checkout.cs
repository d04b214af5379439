namespace Orleans.Sessions.Asvs.Tests;

/// <summary>The files of the working copy from which these tests were built.</summary>
internal static class Checkout
{
    /// <summary>The folder of the solution.</summary>
    public static string Root { get; } = Find();

    /// <summary>The text of a file. The path is relative to the solution.</summary>
    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

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
