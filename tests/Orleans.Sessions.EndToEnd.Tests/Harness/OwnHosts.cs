using System.Collections.Concurrent;

namespace Orleans.Sessions.EndToEnd.Harness;

/// <summary>
/// The base class for tests that need hosts of their own. <see cref="IAsyncDisposable"/> objects that they register end with the test.
/// </summary>
public abstract class OwnHosts : IAsyncLifetime
{
    /// <summary>The time for which nodes may refuse changes with 503 after one has joined, and a little more.</summary>
    private static readonly TimeSpan s_settled = TimeSpan.FromSeconds(7);

    private readonly ConcurrentStack<IAsyncDisposable> _ended = new();

    public virtual ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public virtual async ValueTask DisposeAsync()
    {
        while (_ended.TryPop(out var thing))
        {
            await thing.DisposeAsync();
        }

        GC.SuppressFinalize(this);
    }

    /// <summary>Disposes <paramref name="thing"/> with the test, before the objects that were registered earlier.</summary>
    protected T EndWithTest<T>(T thing)
        where T : IAsyncDisposable
    {
        _ended.Push(thing);
        return thing;
    }

    /// <summary>Starts a host that ends with the test, and returns once it is ready.</summary>
    protected async Task<HostProcess> StartAsync(Dictionary<string, string> settings)
    {
        var host = Launch(settings);
        await host.WaitReadyAsync();
        return host;
    }

    /// <summary>
    /// Starts a node beside others, and returns once all of them agree that it is there. Until then they may answer 503.
    /// </summary>
    protected async Task<HostProcess> JoinAsync(Dictionary<string, string> settings)
    {
        var host = await StartAsync(settings);
        await Task.Delay(s_settled, TestContext.Current.CancellationToken);
        return host;
    }

    /// <summary>Starts a host that ends with the test, and returns at once.</summary>
    protected HostProcess Launch(Dictionary<string, string> settings, HostPlace? place = null) =>
        EndWithTest(HostProcess.Launch(settings, place));

    /// <summary>A data folder that outlives its hosts and is removed with the test.</summary>
    protected string NewFolder() => EndWithTest(new Folder()).Path;

    /// <summary>The administrator as a caller of a newly installed host.</summary>
    protected static Api Admin(HostProcess host) => new(host, host.AdminToken);

    private sealed class Folder : IAsyncDisposable
    {
        public string Path { get; } = HostProcess.NewFolder();

        public ValueTask DisposeAsync()
        {
            Directory.Delete(Path, recursive: true);
            return ValueTask.CompletedTask;
        }
    }
}
