namespace Orleans.Sessions.Faults.Storms;

/// <summary>Looks again and again at how much memory the service has.</summary>
internal sealed class PeakMemory : IDisposable
{
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(250);

    private readonly CancellationTokenSource _end = new();
    private readonly Site _site;
    private long _peak;

    public PeakMemory(Site site)
    {
        _site = site;
        _ = LookAsync();
    }

    /// <summary>The most that was seen, in bytes.</summary>
    public long Peak => Interlocked.Read(ref _peak);

    public void Dispose()
    {
        _end.Cancel();
        _end.Dispose();
    }

    private async Task LookAsync()
    {
        var end = _end.Token;
        while (!end.IsCancellationRequested)
        {
            Interlocked.Exchange(ref _peak, Math.Max(_peak, await _site.ResidentBytesAsync()));
            await Task.Delay(s_pause, end).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
