using System.Runtime.InteropServices;

namespace Orleans.Sessions.Host;

/// <summary>
/// The system's clock, with timestamps that continue while the machine is suspended. Something that is valid for a time must not be valid
/// for longer because the machine slept. Linux only; on Windows the timestamps continue anyway.
/// </summary>
internal sealed partial class BootClock : TimeProvider
{
    private const int ClockBoottime = 7;

    private BootClock() { }

    public static TimeProvider OfThisMachine { get; } = OperatingSystem.IsLinux() ? new BootClock() : System;

    public override long TimestampFrequency => 1_000_000_000;

    public override long GetTimestamp()
    {
        _ = GetTime(ClockBoottime, out var time);
        return (time.Seconds * TimestampFrequency) + time.Nanoseconds;
    }

    /// <summary>This is not a system call: the kernel maps the function into the process.</summary>
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
