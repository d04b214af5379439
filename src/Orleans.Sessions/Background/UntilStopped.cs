namespace Orleans.Sessions.Background;

/// <summary>
/// The one shape of work that a silo does again and again. Nothing but the host's stop ends it: a call to a node that dies can come back as canceled though
/// nobody has canceled anything, and a database can say what nobody thought of; the next round may well succeed.
/// </summary>
internal static class UntilStopped
{
    /// <summary>
    /// Runs <paramref name="round"/> and <paramref name="pause"/> in turn and returns when <paramref name="stoppingToken"/> is canceled. A round that fails is told to
    /// <paramref name="failed"/>; the next one comes after the pause all the same.
    /// </summary>
    public static async Task RepeatAsync(
        Func<CancellationToken, Task> round, Func<CancellationToken, Task> pause, Action<Exception> failed, CancellationToken stoppingToken)
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
                // The host stops.
            }
        }
    }
}
