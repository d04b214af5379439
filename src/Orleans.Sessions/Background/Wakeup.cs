using System.Threading.Channels;

namespace Orleans.Sessions.Background;

/// <summary>Ends the current pause early, or the next one if there is none.</summary>
internal sealed class Wakeup
{
    private readonly Channel<bool> _calls = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite }
    );

    /// <summary>Ends the pause.</summary>
    public void Call() => _calls.Writer.TryWrite(true);

    /// <summary>Returns when <see cref="Call"/> is called, or after <paramref name="longest"/>.</summary>
    public async Task SleepAsync(TimeSpan longest, TimeProvider clock, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(_calls.Reader.WaitToReadAsync(either.Token).AsTask(), Task.Delay(longest, clock, either.Token));
        await either.CancelAsync();
        _calls.Reader.TryRead(out _);
        cancellationToken.ThrowIfCancellationRequested();
    }
}
