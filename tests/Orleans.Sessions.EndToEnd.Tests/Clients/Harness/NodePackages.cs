namespace Orleans.Sessions.EndToEnd.Clients.Harness;

/// <summary>
/// The clients that are npm packages. They are installed once beside the test assembly, and again when the lock file changes.
/// </summary>
internal static class NodePackages
{
    private static readonly Lazy<Task<string>> s_folder = new(InstallAsync);

    /// <summary>The folder with the scripts and <c>node_modules</c>.</summary>
    public static Task<string> FolderAsync() => s_folder.Value;

    private static async Task<string> InstallAsync()
    {
        await Tool.NeedAsync("node", "nodejs");
        await Tool.NeedAsync("npm", "npm");
        var folder = System.IO.Path.Combine(AppContext.BaseDirectory, "Clients", "node");
        var installed = System.IO.Path.Combine(folder, "installed-lock.json");
        var wanted = await File.ReadAllTextAsync(System.IO.Path.Combine(folder, "package-lock.json"));
        if (!File.Exists(installed) || await File.ReadAllTextAsync(installed) != wanted)
        {
            _ = (await Tool.RunAsync("npm", ["ci", "--no-audit", "--no-fund", "--ignore-scripts"], folder: folder)).Expected;
            await File.WriteAllTextAsync(installed, wanted);
        }

        return folder;
    }
}
