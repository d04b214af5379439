namespace Orleans.Sessions.Faults.World;

/// <summary>
/// A library that replaces the system's clock (Debian's package libfaketime). Time namespaces do not help here: they only have clocks
/// that count from the start.
/// </summary>
internal static class FakeClock
{
    private const string Library = "libfaketimeMT.so.1";

    private static readonly EnumerationOptions s_deep = new() { RecurseSubdirectories = true, MaxRecursionDepth = 2 };

    private static string? s_path;

    /// <summary>Finds the library. Installs it if it is missing and the user is root. <c>false</c> if it is not available.</summary>
    public static async Task<bool> TryFindAsync()
    {
        if (Find() is null && Environment.UserName == "root")
        {
            await Shell.TryAsync("apt-get", "install", "-y", "-q", "libfaketime");
        }

        return (s_path = Find()) is not null;
    }

    /// <summary>
    /// The variables that shift a process's wall clock by the offset in the file. The monotonic clock stays as it is.
    /// </summary>
    public static Dictionary<string, string> Reading(string file) =>
        new()
        {
            ["LD_PRELOAD"] = s_path ?? throw new InvalidOperationException("There is no library that fakes the clock."),
            ["FAKETIME_TIMESTAMP_FILE"] = file,
            ["FAKETIME_NO_CACHE"] = "1",
            ["FAKETIME_DONT_FAKE_MONOTONIC"] = "1",
            ["FAKETIME_DONT_RESET"] = "1",
        };

    private static string? Find() =>
        Directory.Exists("/usr/lib")
            ? Directory
                .EnumerateDirectories("/usr/lib", "faketime", s_deep)
                .Select(folder => Path.Combine(folder, Library))
                .FirstOrDefault(File.Exists)
            : null;
}
