using System.Collections.Concurrent;
using System.Diagnostics;

namespace Orleans.Sessions.Fuzz.Running;

/// <summary>
/// Sends a trivial request all the time, from this process. Its delay shows how busy the machine is, so that slow answers of
/// a slow machine do not count as hangs.
/// </summary>
public sealed class Heartbeat : IAsyncDisposable
{
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan s_remembered = TimeSpan.FromMinutes(2);

    private readonly HttpClient _client;
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<(long At, TimeSpan Delay)> _beats = new();
    private readonly Task _beating;

    public Heartbeat(Uri address)
    {
        _client = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromMinutes(2) };
        _beating = BeatAsync();
    }

    /// <summary>The longest delay since <paramref name="start"/>, a timestamp.</summary>
    public TimeSpan LongestSince(long start) => _beats.Where(beat => beat.At >= start).Select(beat => beat.Delay).DefaultIfEmpty().Max();

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _beating;
        _stop.Dispose();
        _client.Dispose();
    }

    private async Task BeatAsync()
    {
        try
        {
            while (true)
            {
                var start = Stopwatch.GetTimestamp();
                using (await _client.GetAsync(new Uri("/debug/healthz", UriKind.Relative), _stop.Token))
                {
                    _beats.Enqueue((Stopwatch.GetTimestamp(), Stopwatch.GetElapsedTime(start)));
                }

                while (_beats.TryPeek(out var oldest) && Stopwatch.GetElapsedTime(oldest.At) > s_remembered)
                {
                    _beats.TryDequeue(out _);
                }

                await Task.Delay(s_interval, _stop.Token);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or HttpRequestException)
        {
            // The run is over, or the host has died; the run itself notices that.
        }
    }
}
