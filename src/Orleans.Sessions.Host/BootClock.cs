using System.Runtime.InteropServices;

namespace Orleans.Sessions.Host;

/// <summary>
/// The system's clock, but its timestamps go on while the machine is suspended: what is believed for a time must not be believed for longer
/// because nobody was awake. Linux only; the timestamps of Windows do so anyway.
/// </summary>
internal sealed partial class BootClock : TimeProvider
{
    private const int ClockBoottime = 7;

    private BootClock()
    {
    }

    public static TimeProvider OfThisMachine { get; } = OperatingSystem.IsLinux() ? new BootClock() : System;

    public override long TimestampFrequency => 1_000_000_000;

    public override long GetTimestamp()
    {
        _ = GetTime(ClockBoottime, out var time);
        return (time.Seconds * TimestampFrequency) + time.Nanoseconds;
    }

    /// <summary>No system call: the kernel maps it into the process.</summary>
    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    [SuppressGCTransition]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int GetTime(int clock, out TimeSpec time);

    private struct TimeSpec
    {
        public nint Seconds;
        public nint Nanoseconds;
    }
}
