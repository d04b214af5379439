using System.Diagnostics.Tracing;
using Microsoft.Diagnostics.NETCore.Client;
using Microsoft.Diagnostics.Tracing;
using Microsoft.Diagnostics.Tracing.Parsers;

namespace Orleans.Sessions.Benchmarks;

/// <summary>Measures how much heap an active session needs, by full collections before and after many sessions are created.</summary>
internal static class MemoryPerSession
{
    private const int Users = 5_000;
    private const int SessionsOfUser = 10;

    /// <summary>Measures and prints the bytes per session.</summary>
    public static async Task MeasureAsync()
    {
        // As if all of them were in use.
        await using var context = await BenchmarkContext.StartAsync(more: [("Sessions__Memory__KeepUnused", "00:05:00")]);
        var users = new string[Users];
        await BenchmarkContext.EachAsync(Users, async i => users[i] = await context.CreateUserAsync($"memory{i}"));

        // Creates the first session of each user, so that users and pools exist before the measurement.
        await BenchmarkContext.EachAsync(Users, i => context.PostAsync("/v2/sessions", Scenarios.CreateBody(users[i])));
        var before = await LiveBytesAsync(context.HostId);
        await BenchmarkContext.EachAsync(Users * SessionsOfUser, i =>
            context.PostAsync("/v2/sessions", Scenarios.CreateBody(users[i % Users]))
        );
        var after = await LiveBytesAsync(context.HostId);
        Console.WriteLine(
            $"memory: {(after - before) / (Users * SessionsOfUser)} bytes for each of {Users * SessionsOfUser} active sessions"
        );
    }

    /// <summary>
    /// The size of the heap after a full collection. A request for the collection events on demand causes the collection.
    /// </summary>
    private static async Task<long> LiveBytesAsync(int processId)
    {
        var keywords = ClrTraceEventParser.Keywords.GCHeapCollect | ClrTraceEventParser.Keywords.GC;
        using var session = await new DiagnosticsClient(processId).StartEventPipeSessionAsync(
            [new EventPipeProvider(ClrTraceEventParser.ProviderName, EventLevel.Informational, (long)keywords)],
            requestRundown: false,
            circularBufferMB: 64,
            CancellationToken.None
        );
        using var source = new EventPipeEventSource(session.EventStream);
        var size = new TaskCompletionSource<long>();
        var isFull = false;
        source.Clr.GCStart += collection => isFull = collection.Depth == 2;
        source.Clr.GCHeapStats += collection => _ = isFull && size.TrySetResult(collection.TotalHeapSize);
        var reading = Task.Factory.StartNew(source.Process, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        var bytes = await size.Task.WaitAsync(TimeSpan.FromSeconds(60));
        await session.StopAsync(CancellationToken.None);
        await reading;
        return bytes;
    }
}
