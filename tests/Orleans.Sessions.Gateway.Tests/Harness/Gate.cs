namespace Orleans.Sessions.Gateway.Tests.Harness;

/// <summary>A session that answers when the test opens the gate.</summary>
public sealed class Gate
{
    private readonly TaskCompletionSource _entered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when a call has reached the session.</summary>
    public Task Entered => _entered.Task.WaitAsync(TimeSpan.FromSeconds(30));

    public void Open() => _open.TrySetResult();

    public Task PassAsync(string sessionId)
    {
        _entered.TrySetResult();
        return _open.Task;
    }
}
