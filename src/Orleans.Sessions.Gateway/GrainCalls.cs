using Orleans.Runtime;

namespace Orleans.Sessions.Gateway;

/// <summary>
/// Repeats a grain call that met a dying node, with a growing pause, so that a killed silo costs latency and not errors. Only for
/// calls that may be repeated: reads, and changes that name their id and token, which the grain recognises.
/// </summary>
internal static class GrainCalls
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan s_longestPause = TimeSpan.FromSeconds(1);

    /// <summary>Calls <paramref name="call"/> until a node answers; fails with <c>SESSION-Clust</c> when none does in time.</summary>
    public static Task<T> RepeatAsync<T>(Func<Task<T>> call, TimeProvider clock, CancellationToken cancellationToken) =>
        RepeatAsync(static call => call(), call, clock, cancellationToken);

    /// <inheritdoc cref="RepeatAsync{T}(Func{Task{T}}, TimeProvider, CancellationToken)"/>
    public static async Task<T> RepeatAsync<TCall, T>(Func<TCall, Task<T>> call, TCall with, TimeProvider clock, CancellationToken cancellationToken)
    {
        long start = 0;
        for (var pause = TimeSpan.FromMilliseconds(50); ; pause = pause * 2 < s_longestPause ? pause * 2 : s_longestPause)
        {
            try
            {
                return await call(with);
            }
            catch (Exception exception) when (exception is OrleansMessageRejectionException or SiloUnavailableException or TimeoutException)
            {
                start = start == 0 ? clock.GetTimestamp() : start;
                if (clock.GetElapsedTime(start) + pause > s_patience)
                {
                    throw new SessionException(SessionErrors.ClusterAway);
                }
            }

            await Task.Delay(pause, clock, cancellationToken);
        }
    }
}
