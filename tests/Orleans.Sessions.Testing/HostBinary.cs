namespace Orleans.Sessions.Testing;

/// <summary>Finds the host that the build put beside the tests: same solution, same configuration.</summary>
internal static class HostBinary
{
    /// <summary>The path of the host's assembly, to be started with <c>dotnet</c>.</summary>
    public static string Path { get; } = Find();

    private static string Find()
    {
        // …/tests/{project}/bin/{configuration}/{framework}/
        var output = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(System.IO.Path.DirectorySeparatorChar));
        var root = output;
        while (root is not null && !File.Exists(System.IO.Path.Combine(root.FullName, "Orleans.Sessions.sln")))
        {
            root = root.Parent;
        }

        var path = System.IO.Path.Combine(
            root?.FullName ?? throw new InvalidOperationException("The solution is not above the test assembly."),
            "src", "Orleans.Sessions.Host", "bin", output.Parent!.Name, output.Name, "Orleans.Sessions.Host.dll");
        return File.Exists(path) ? path : throw new InvalidOperationException("The host is not built in this configuration.");
    }
}
