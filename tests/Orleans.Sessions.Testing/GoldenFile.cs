namespace Orleans.Sessions.Testing;

/// <summary>A file below <c>tests/Golden</c>; its README has the rule for accepting a change.</summary>
public static class GoldenFile
{
    /// <summary>Whether changes are accepted: files are written instead of compared.</summary>
    public static bool IsWritten => Environment.GetEnvironmentVariable("GOLDEN_WRITE") == "1";

    /// <summary>What is in the file; <c>null</c> if there is no such file.</summary>
    public static string? Read(string name) => File.Exists(PathOf(name)) ? File.ReadAllText(PathOf(name)) : null;

    /// <summary>The names of the files in a folder.</summary>
    public static IEnumerable<string> List(string folder) =>
        Directory.Exists(PathOf(folder))
            ? Directory.EnumerateFiles(PathOf(folder)).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)
            : [];

    /// <summary>Writes a file.</summary>
    public static void Write(string name, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(name))!);
        File.WriteAllText(PathOf(name), text);
    }

    /// <summary>Fails unless the file says the same, and names the first line that differs.</summary>
    public static void Compare(string name, string actual)
    {
        if (IsWritten)
        {
            Write(name, actual);
            return;
        }

        var (expected, present) = (Lines(Read(name) ?? ""), Lines(actual));
        for (var line = 0; line < Math.Max(expected.Length, present.Length); line++)
        {
            var (was, now) = (expected.ElementAtOrDefault(line), present.ElementAtOrDefault(line));
            if (was != now)
            {
                throw new InvalidOperationException(
                    $"tests/Golden/{name}, line {line + 1}, says '{was}', but the code says '{now}'. tests/Golden/README.md tells how to accept a change."
                );
            }
        }
    }

    private static string PathOf(string name) => Checkout.PathOf(Path.Combine("tests", "Golden", name));

    private static string[] Lines(string text) => text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');
}
