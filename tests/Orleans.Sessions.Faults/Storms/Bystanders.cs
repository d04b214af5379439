using System.Diagnostics;
using Orleans.Sessions.Faults.Checking;
using Orleans.Sessions.Faults.Load;

namespace Orleans.Sessions.Faults.Storms;

/// <summary>
/// Other users. They send requests at a steady rate and do not wait for answers, because a client that waits sends fewer requests while the
/// service is slow, and so hides the slowness. All of them read and write: a request that waits keeps nobody else from asking.
/// </summary>
internal sealed class Bystanders(Clients clients, int rate, int seed)
{
    private readonly Stack<Worker> _idle = [];
    private readonly Lock _lock = new();
    private int _workers;

    /// <summary>Sends requests until cancelled, then waits for the answers.</summary>
    public async Task RunAsync(CancellationToken end)
    {
        var (clock, begun) = (Stopwatch.StartNew(), 0L);
        List<Task> steps = [];
        while (!end.IsCancellationRequested)
        {
            for (var due = (long)(clock.Elapsed.TotalSeconds * rate); begun < due; begun++)
            {
                steps.Add(Task.Run(StepAsync, CancellationToken.None));
            }

            if (steps.Count > rate)
            {
                steps.RemoveAll(step => step.IsCompletedSuccessfully);
            }

            await Task.Delay(1, CancellationToken.None);
        }

        await Task.WhenAll(steps);
    }

    /// <summary>The latencies of the requests that were sent in this period.</summary>
    public Latencies Between(TimeSpan from, TimeSpan until) =>
        new([.. clients.Journal.Operations.Where(done => !done.IsFinal && done.Invoked >= from && done.Invoked < until)]);

    private async Task StepAsync()
    {
        var worker = Take();
        await worker.StepAsync();
        lock (_lock)
        {
            _idle.Push(worker);
        }
    }

    private Worker Take()
    {
        lock (_lock)
        {
            return _idle.TryPop(out var worker) ? worker : new Worker(++_workers, seed, clients, onlyReads: false);
        }
    }
}
