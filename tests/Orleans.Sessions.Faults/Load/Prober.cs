namespace Orleans.Sessions.Faults.Load;

/// <summary>Asks one node repeatedly whether it can create and read a session.</summary>
public sealed class Prober(int node, int seed, Clients clients)
{
    private const int Enough = 5;

    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan s_lifetime = TimeSpan.FromSeconds(30);

    private readonly Random _dice = new(seed);
    private readonly Lock _lock = new();
    private readonly List<(TimeSpan At, bool IsGood)> _probes = [];

    public int Node => node;

    public async Task RunAsync(CancellationToken end)
    {
        while (!end.IsCancellationRequested)
        {
            var at = clients.Journal.Now;
            var isGood = await IsServedAsync();
            lock (_lock)
            {
                _probes.Add((isGood ? at : clients.Journal.Now, isGood));
            }

            await Task.Delay(s_pause, CancellationToken.None);
        }
    }

    /// <summary>Whether the node has succeeded several times in a row since this time.</summary>
    public bool ServesSince(TimeSpan then)
    {
        lock (_lock)
        {
            var last = _probes.TakeLast(Enough).ToList();
            return last.Count == Enough && last.TrueForAll(probe => probe.IsGood && probe.At > then);
        }
    }

    /// <summary>The time from the end of a fault to the node's last failure before the next fault.</summary>
    public TimeSpan Recovery(TimeSpan healed, TimeSpan until)
    {
        lock (_lock)
        {
            return _probes
                .Where(probe => !probe.IsGood && probe.At > healed && probe.At < until)
                .Select(probe => probe.At - healed)
                .DefaultIfEmpty(TimeSpan.Zero)
                .Max();
        }
    }

    private async Task<bool> IsServedAsync()
    {
        var created = await clients.Nodes.AskAsync(node, clients.Calls.CreateEmpty(s_lifetime));
        if (!created.IsGood || clients.Book.Open(_dice) is not { } session)
        {
            return created.IsGood;
        }

        return !(await clients.Nodes.AskAsync(node, clients.Calls.Read(session).Request)).IsWorthAnotherTry;
    }
}
