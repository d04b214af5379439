namespace Orleans.Sessions.Faults.World;

/// <summary>The build of the commit before this one, from which upgrades start.</summary>
internal sealed class PreviousBuild : IDisposable
{
    private const string Assembly = "Orleans.Sessions.Host.dll";

    private readonly string? _ownFolder;

    private PreviousBuild(string folder, string? ownFolder)
    {
        (Path, _ownFolder) = (System.IO.Path.Combine(System.IO.Path.GetFullPath(folder), Assembly), ownFolder);
        if (!File.Exists(Path))
        {
            Dispose();
            throw new FileNotFoundException($"{folder} has no {Assembly}.");
        }
    }

    /// <summary>The path of the service's assembly.</summary>
    public string Path { get; }

    /// <summary>The folder of the assembly.</summary>
    public string Folder => System.IO.Path.GetDirectoryName(Path)!;

    /// <summary>An existing build.</summary>
    /// <exception cref="FileNotFoundException">The build does not exist.</exception>
    public static PreviousBuild In(string folder) => new(folder, ownFolder: null);

    /// <summary>Builds the commit before this one.</summary>
    public static async Task<PreviousBuild> MakeAsync()
    {
        var folder = Directory.CreateTempSubdirectory("faults-previous-").FullName;
        var (tree, output) = (System.IO.Path.Combine(folder, "tree"), System.IO.Path.Combine(folder, "build"));
        await Shell.RunAsync("git", "-C", AppContext.BaseDirectory, "worktree", "add", "--detach", tree, "HEAD~1");
        try
        {
            await Shell.RunAsync(
                "dotnet",
                "build",
                "-c",
                "Release",
                "-m:1",
                "-nologo",
                "-v",
                "q",
                "-o",
                output,
                System.IO.Path.Combine(tree, "src/Orleans.Sessions.Host")
            );
            return new PreviousBuild(output, folder);
        }
        finally
        {
            await Shell.TryAsync("git", "-C", AppContext.BaseDirectory, "worktree", "remove", "--force", tree);
        }
    }

    public void Dispose()
    {
        if (_ownFolder is not null)
        {
            Directory.Delete(_ownFolder, recursive: true);
        }
    }
}
