namespace Orleans.Sessions.Faults.World;

/// <summary>A small file system that a test can fill.</summary>
public sealed class SmallDisk : IAsyncDisposable
{
    private const string Size = "700m";

    private SmallDisk(string folder) => Folder = folder;

    public string Folder { get; }

    /// <summary>Creates a small disk; <c>null</c> if this system does not allow it.</summary>
    public static async Task<SmallDisk?> TryCreateAsync()
    {
        var folder = Directory.CreateTempSubdirectory("faults-disk-").FullName;
        var (exitCode, _) = await Shell.TryAsync("mount", "-t", "tmpfs", "-o", $"size={Size},mode=755", "faults", folder);
        if (exitCode == 0)
        {
            return new SmallDisk(folder);
        }

        Directory.Delete(folder);
        return null;
    }

    public async ValueTask DisposeAsync()
    {
        await Shell.TryAsync("umount", "-l", Folder);
        Directory.Delete(Folder);
    }
}
