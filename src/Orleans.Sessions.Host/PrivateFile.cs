using System.Text;

namespace Orleans.Sessions.Host;

/// <summary>Files that only the user of this process can read.</summary>
internal static class PrivateFile
{
    /// <summary>
    /// Writes a new file, mode 0600, and returns when it is on disk. Fails if the file already exists. A crash leaves the whole file or no
    /// file: half a key would prevent every later start.
    /// </summary>
    public static void Write(string path, string content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var beside = path + ".new";
        File.Delete(beside);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var file = new FileStream(beside, options))
        {
            file.Write(Encoding.UTF8.GetBytes(content));
            file.Flush(flushToDisk: true);
        }

        File.Move(beside, path, overwrite: false);

        // On journaling file systems, a second flush also makes the new name of the file durable.
        using var renamed = new FileStream(path, FileMode.Open, FileAccess.ReadWrite);
        renamed.Flush(flushToDisk: true);
    }
}
