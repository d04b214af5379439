using System.Collections.Concurrent;
using Orleans.Sessions.Faults.Checking;
using Orleans.Sessions.Faults.Load;
using Orleans.Sessions.Faults.Storms;

namespace Orleans.Sessions.Faults.Embedded;

/// <summary>Where a scenario happens: one service on a folder, and people who work with it.</summary>
internal sealed class EmbeddedScene(Site site, Clients clients, EmbeddedOptions options, Action<string> log, CancellationToken end)
    : IAsyncDisposable
{
    /// <summary>What a start ends with that is not to be tried again.</summary>
    private const int NotToBeStartedAgain = 78;

    private const int Workers = 12;

    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan s_refusesWithin = TimeSpan.FromSeconds(60);

    private readonly ConcurrentQueue<Violation> _violations = [];
    private readonly CancellationTokenSource _enough = CancellationTokenSource.CreateLinkedTokenSource(end);
    private readonly List<string> _folders = [];
    private Task _load = Task.CompletedTask;

    public Site Site => site;

    public Clients Clients => clients;

    public Random Dice { get; } = new(options.Seed);

    public int Rounds => options.Rounds;

    public IReadOnlyCollection<Violation> Violations => _violations;

    public void Log(string text) => log(text);

    public void Wrong(Wrong wrong, string text) => _violations.Enqueue(new Violation(wrong, clients.Journal.Now, site.Folder, text));

    public Task WaitAsync(double seconds) => Task.Delay(TimeSpan.FromSeconds(seconds), end);

    /// <summary>People begin to work.</summary>
    public void Begin() =>
        _load = Task.WhenAll(Worker.Some(Workers, options.Seed, clients).Select(worker => worker.RunAsync(s_pause, _enough.Token)));

    /// <summary>No one begins anything more; returns when what was begun is settled.</summary>
    public async Task EndAsync()
    {
        await _enough.CancelAsync();
        await _load;
    }

    /// <summary>Starts the service again, and returns when it is ready.</summary>
    public async Task StartAsync()
    {
        await site.Node.LaunchAsync();
        await site.Node.Process.WaitReadyAsync();
    }

    /// <summary>A copy of the folder.</summary>
    public string Copy()
    {
        var copy = HostProcess.NewFolder();
        _folders.Add(copy);
        foreach (var file in Directory.GetFiles(site.Folder))
        {
            File.Copy(file, Path.Combine(copy, Path.GetFileName(file)));
        }

        return copy;
    }

    /// <summary>A start on a folder must end at once, say why, and say that it is not to be tried again.</summary>
    public async Task RefusesAsync(string folder, string why, IReadOnlyList<string>? within = null)
    {
        var place = HostPlace.Next();
        var settings = new Dictionary<string, string>(site.Settings) { [Setting.DataPath] = folder };
        await using var host = HostProcess.Launch(settings, place with { Command = [.. within ?? [], .. place.Command] });
        try
        {
            await host.WaitForExitAsync(s_refusesWithin);
        }
        catch (TimeoutException)
        {
            Wrong(Checking.Wrong.NotServing, $"a start that should be refused ('{why}') goes on:\n{host.Output}");
            return;
        }

        if (host.ExitCode != NotToBeStartedAgain || !host.Output.Contains(why, StringComparison.Ordinal))
        {
            Wrong(Checking.Wrong.NotServing, $"a start ends with {host.ExitCode}, without '{why}':\n{host.Output}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await EndAsync();
        _enough.Dispose();
        _folders.ForEach(folder => Directory.Delete(folder, recursive: true));
    }
}
