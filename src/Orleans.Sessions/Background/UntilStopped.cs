namespace Orleans.Sessions.Background;

/// <summary>
/// The common loop of a silo's repeated work. Only the host's stop ends it: a call to a node that dies can come back as canceled although
/// nobody has canceled anything, and a database can return an unexpected error. The next round may well succeed.
/// </summary>
internal static class UntilStopped
{
    /// <summary>
    /// Runs <paramref name="round"/> and <paramref name="pause"/> in turn and returns when <paramref name="stoppingToken"/> is canceled. A
    /// failed round is reported to <paramref name="failed"/>; the next round still follows after the pause.
    /// </summary>
    public static async Task RepeatAsync(
        Func<CancellationToken, Task> round,
        Func<CancellationToken, Task> pause,
        Action<Exception> failed,
        CancellationToken stoppingToken
    )
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await round(stoppingToken);
            }
            catch (Exception exception)
            {
                if (!stoppingToken.IsCancellationRequested)
                {
                    failed(exception);
                }
            }

            try
            {
                await pause(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                // The host is stopping.
            }
        }
    }
}
