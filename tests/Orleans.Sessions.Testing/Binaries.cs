namespace Orleans.Sessions.Testing;

/// <summary>Finds programs of the same solution and configuration that the build created.</summary>
public static class Binaries
{
    /// <summary>The service itself, compiled to machine code.</summary>
    public static string Host { get; } = Find("tests/Orleans.Sessions.CompiledHost", "host/Orleans.Sessions.Host.dll");

    /// <summary>
    /// The path of a project's assembly, to be started with <c>dotnet</c>. <paramref name="project"/> is the project's folder below that of
    /// the solution.
    /// </summary>
    public static string Find(string project) => Find(project, $"{Path.GetFileName(project)}.dll");

    private static string Find(string project, string file)
    {
        // …/tests/{project}/bin/{configuration}/{framework}/
        var output = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        var path = Path.Combine(Checkout.Root, project, "bin", output.Parent!.Name, output.Name, file);
        return File.Exists(path) ? path : throw new InvalidOperationException($"{project} is not built in this configuration.");
    }
}
