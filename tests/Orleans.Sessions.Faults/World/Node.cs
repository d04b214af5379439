namespace Orleans.Sessions.Faults.World;

/// <summary>One node of the cluster, with a supervisor: a process that ends by itself is started again a second later.</summary>
public sealed class Node(string name, HostPlace place, IReadOnlyDictionary<string, string> settings, Action<string> log) : IAsyncDisposable
{
    private static readonly TimeSpan s_restartDelay = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _turn = new(1);
    private readonly CancellationTokenSource _end = new();
    private readonly List<string> _outputs = [];
    private IReadOnlyList<string> _command = place.Command;
    private IReadOnlyDictionary<string, string> _more = new Dictionary<string, string>();
    private HostProcess? _process;
    private bool _isMeantToRun;
    private Task _supervision = Task.CompletedTask;

    public string Name => name;

    public Uri Address => place.Address;

    /// <summary>The process. It must be running.</summary>
    public HostProcess Process => _process ?? throw new InvalidOperationException($"{name} does not run.");

    /// <summary>The output of all its processes.</summary>
    public string Output => string.Join("\n--- started again ---\n", [.. _outputs, _process?.Output ?? ""]);

    /// <summary>Starts the process and returns at once.</summary>
    public async Task LaunchAsync()
    {
        await _turn.WaitAsync();
        try
        {
            await ForgetAsync();
            _process = HostProcess.Launch(settings.Concat(_more).ToDictionary(), place with { Command = _command });
            _isMeantToRun = true;
        }
        finally
        {
            _turn.Release();
        }

        if (_supervision.IsCompleted)
        {
            _supervision = SuperviseAsync();
        }
    }

    /// <summary>From the next start on the node runs another build of the service; <c>null</c> for this one.</summary>
    public void Become(string? assembly) => _command = assembly is null ? place.Command : [.. place.Command.SkipLast(1), assembly];

    /// <summary>From the next start on the process has these environment variables too.</summary>
    public void Have(IReadOnlyDictionary<string, string> more) => _more = more;

    /// <summary>Stops the process in order and starts another one. Returns when that process is ready.</summary>
    public async Task RestartAsync()
    {
        await TerminateAsync();
        await LaunchAsync();
        await Process.WaitReadyAsync();
    }

    /// <summary>Ends the process as <c>kill -9</c> does.</summary>
    public Task KillAsync() => EndAsync(process => process.KillAsync());

    /// <summary>Stops the process in order.</summary>
    public Task TerminateAsync() => EndAsync(process => process.TerminateAsync());

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _supervision;
        _isMeantToRun = false;
        await ForgetAsync();
        _turn.Dispose();
        _end.Dispose();
    }

    private async Task EndAsync(Func<HostProcess, Task> end)
    {
        await _turn.WaitAsync();
        try
        {
            _isMeantToRun = false;
            await end(Process);
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task SuperviseAsync()
    {
        while (!_end.IsCancellationRequested)
        {
            await Task.Delay(s_restartDelay / 2, _end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (_isMeantToRun && _process is { HasExited: true } process)
            {
                log($"{name} ended by itself with exit code {process.ExitCode} and is started again");
                await Task.Delay(s_restartDelay, _end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                await LaunchAsync();
            }
        }
    }

    private async Task ForgetAsync()
    {
        if (_process is not null)
        {
            _outputs.Add(_process.Output);
            await _process.DisposeAsync();
            _process = null;
        }
    }
}
