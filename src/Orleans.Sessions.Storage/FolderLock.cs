using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Orleans.Sessions.Storage;

/// <summary>
/// Keeps a folder for one process, until the process ends or the lock is disposed of. The folder itself is locked: the lock of a file in it
/// would be worth nothing once somebody removes that file and makes another one. Windows cannot lock a folder, but there nobody can remove
/// a file that is open.
/// </summary>
internal static partial class FolderLock
{
    private const string WindowsFile = "sessions.lock";
    private const int ReadOnly = 0,
        Exclusive = 2,
        WithoutWaiting = 4;

    /// <summary>The error codes of the operating systems for a lock that another process has.</summary>
    private static readonly int[] s_taken = [11, 35, 32];

    /// <summary>A child process must not keep the lock for us.</summary>
    private static int CloseOnExec =>
        OperatingSystem.IsLinux() ? 0x80000
        : OperatingSystem.IsFreeBSD() ? 0x100000
        : 0x1000000;

    /// <summary>Takes the lock. Returns <c>null</c> if another process has it.</summary>
    /// <exception cref="IOException">The folder cannot be locked.</exception>
    public static IDisposable? TryTake(string folder) =>
        OperatingSystem.IsWindows() ? TryTakeFile(Path.Combine(folder, WindowsFile)) : TryTakeFolder(folder);

    private static FileStream? TryTakeFile(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException exception) when (s_taken.Contains(exception.HResult & 0xFFFF))
        {
            return null;
        }
    }

    private static SafeFileHandle? TryTakeFolder(string folder)
    {
        var handle = Open(folder, ReadOnly | CloseOnExec);
        if (!handle.IsInvalid && Flock(handle, Exclusive | WithoutWaiting) == 0)
        {
            return handle;
        }

        var error = Marshal.GetLastPInvokeError();
        handle.Dispose();
        return s_taken.Contains(error) ? null : throw new IOException(Marshal.GetPInvokeErrorMessage(error));
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial SafeFileHandle Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "flock", SetLastError = true)]
    private static partial int Flock(SafeFileHandle handle, int operation);
}
