using System.Text;

namespace Orleans.Sessions.Host;

/// <summary>Files that only the user of this process may read.</summary>
internal static class PrivateFile
{
    /// <summary>Writes a new file, mode 0600, and returns when it is on disk. Fails when there is one already.</summary>
    public static void Write(string path, string content)
    {
        System.IO.Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var file = new FileStream(path, options);
        file.Write(Encoding.UTF8.GetBytes(content));
        file.Flush(flushToDisk: true);
    }
}
