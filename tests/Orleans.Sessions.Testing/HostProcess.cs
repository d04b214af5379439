using System.Diagnostics;
using System.Globalization;
using System.Net;

namespace Orleans.Sessions.Testing;

/// <summary>
/// The real service in a process of its own. Each has its own port. By default each also has its own empty data folder, which is removed
/// with the process; a given folder stays, so that another process can start on it.
/// </summary>
public sealed class HostProcess : IAsyncDisposable
{
    private static readonly TimeSpan s_startsWithin = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan s_stopsWithin = TimeSpan.FromMinutes(2);

    private readonly HostOutput _output = new();
    private readonly Process _process;
    private readonly bool _ownsData;

    private HostProcess(IReadOnlyDictionary<string, string> settings, HostPlace place)
    {
        _ownsData = !settings.ContainsKey(Setting.DataPath);
        DataPath = settings.GetValueOrDefault(Setting.DataPath) ?? NewFolder();
        Address = place.Address;
        _process = new Process { StartInfo = StartInfo(settings, place.Command) };
        _process.OutputDataReceived += (_, line) => _output.Add(line.Data);
        _process.ErrorDataReceived += (_, line) => _output.Add(line.Data);
        AppDomain.CurrentDomain.ProcessExit += OnOurExit;
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>The address that it listens on.</summary>
    public Uri Address { get; }

    /// <summary>Its data folder.</summary>
    public string DataPath { get; }

    /// <summary>The id of its process.</summary>
    public int Id => _process.Id;

    /// <summary>All its output until now.</summary>
    public string Output => _output.ToString();

    /// <summary>Whether it has ended.</summary>
    public bool HasExited => _process.HasExited;

    /// <summary>Its exit code.</summary>
    public int ExitCode => _process.ExitCode;

    /// <summary>The file with the first administrator's token. Only the node that started first has it.</summary>
    public string AdminTokenFile => Path.Combine(DataPath, "admin.pat");

    /// <summary>The first administrator's personal access token.</summary>
    public string AdminToken => File.ReadAllText(AdminTokenFile).Trim();

    /// <summary>Starts the service and returns once it is ready.</summary>
    public static async Task<HostProcess> StartAsync(IReadOnlyDictionary<string, string> settings, HostPlace? place = null)
    {
        var host = Launch(settings, place);
        try
        {
            await host.WaitReadyAsync();
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts the service and returns at once.</summary>
    public static HostProcess Launch(IReadOnlyDictionary<string, string> settings, HostPlace? place = null) =>
        new(settings, place ?? HostPlace.Next());

    /// <summary>Returns once the service reports that it is ready. Fails if that takes too long, or if the process ends.</summary>
    public async Task WaitReadyAsync()
    {
        using var client = new HttpClient { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(5) };
        for (var clock = Stopwatch.StartNew(); clock.Elapsed < s_startsWithin; await Task.Delay(50))
        {
            if (_process.HasExited)
            {
                await _process.WaitForExitAsync();
                throw new InvalidOperationException($"The host ended with exit code {_process.ExitCode}:\n{Output}");
            }

            try
            {
                using var response = await client.GetAsync(new Uri("/debug/ready", UriKind.Relative));
                if (response.StatusCode == HttpStatusCode.OK)
                {
                    return;
                }
            }
            catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException)
            {
                // It does not listen yet.
            }
        }

        throw new TimeoutException($"The host was not ready within {s_startsWithin.TotalSeconds} s:\n{Output}");
    }

    /// <summary>Ends the process as <c>kill -9</c> does, without any cleanup.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>Asks the process to end (SIGTERM) and returns how long that took.</summary>
    public async Task<TimeSpan> TerminateAsync()
    {
        var clock = Stopwatch.StartNew();
        await SignalAsync("TERM");
        await WaitForExitAsync(s_stopsWithin);
        return clock.Elapsed;
    }

    /// <summary>Returns once the process has ended by itself and all its output has been read.</summary>
    public async Task WaitForExitAsync(TimeSpan within)
    {
        using var patience = new CancellationTokenSource(within);
        try
        {
            await _process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"The host did not end within {within.TotalSeconds} s:\n{Output}");
        }
    }

    /// <summary>Sends a signal to the process. The name is the one that <c>kill</c> uses.</summary>
    public async Task SignalAsync(string signal)
    {
        using var shell = Process.Start("/bin/sh", ["-c", $"kill -{signal} {_process.Id.ToString(CultureInfo.InvariantCulture)}"]);
        await shell.WaitForExitAsync();
    }

    /// <summary>A new empty folder.</summary>
    public static string NewFolder() => Directory.CreateTempSubdirectory("sessions-").FullName;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        AppDomain.CurrentDomain.ProcessExit -= OnOurExit;
        if (!_process.HasExited)
        {
            await KillAsync();
        }

        _process.Dispose();
        if (_ownsData)
        {
            Directory.Delete(DataPath, recursive: true);
        }
    }

    private ProcessStartInfo StartInfo(IReadOnlyDictionary<string, string> settings, IReadOnlyList<string> command)
    {
        var start = new ProcessStartInfo(command[0], [.. command.Skip(1), "--urls", Address.ToString()])
        {
            WorkingDirectory = DataPath,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment[Setting.DataPath] = DataPath;
        // A host lives for seconds or minutes. A profile would make it compile its code once more, and would pay only later.
        start.Environment[Setting.Profile] = "0";
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        return start;
    }

    private void OnOurExit(object? sender, EventArgs arguments)
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }
    }
}
