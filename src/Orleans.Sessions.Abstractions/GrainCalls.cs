using Orleans.Runtime;

namespace Orleans.Sessions;

/// <summary>
/// Repeats a grain call that met a dying node, with a growing pause, so that a killed silo costs latency and not errors. Only for
/// calls that may be repeated: reads, and changes that name their id and token, which the grain recognises.
/// </summary>
public static class GrainCalls
{
    /// <summary>Long enough for a cluster to notice that a node is dead and to place its grains elsewhere.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(8);

    private static readonly TimeSpan s_longestPause = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Whether a call failed because no node could take it, so that another one may answer a repetition. A message that expired before its grain had a
    /// place comes back as canceled, though nobody has canceled anything: callers look at their own token first.
    /// </summary>
    public static bool IsNodeAway(Exception exception) =>
        exception is OrleansMessageRejectionException or SiloUnavailableException or TimeoutException or OperationCanceledException;

    /// <summary>Calls <paramref name="call"/> until a node answers; fails with <c>SESSION-Clust</c> when none does within 8 seconds.</summary>
    public static Task<T> RepeatAsync<T>(Func<Task<T>> call, TimeProvider clock, CancellationToken cancellationToken) =>
        RepeatAsync(call, s_patience, clock, cancellationToken);

    /// <summary>As the other ones, for calls that answer nothing.</summary>
    public static Task RepeatAsync(Func<Task> call, TimeProvider clock, CancellationToken cancellationToken) => RepeatAsync(
        async () =>
        {
            await call();
            return true;
        },
        clock,
        cancellationToken);

    /// <summary>As the other ones, for callers that avoid a closure.</summary>
    public static Task<T> RepeatAsync<TCall, T>(Func<TCall, Task<T>> call, TCall with, TimeProvider clock, CancellationToken cancellationToken) =>
        RepeatAsync(call, with, s_patience, clock, cancellationToken);

    /// <summary>Calls <paramref name="call"/> until a node answers; fails with <c>SESSION-Clust</c> when none does within <paramref name="patience"/>.</summary>
    public static Task<T> RepeatAsync<T>(Func<Task<T>> call, TimeSpan patience, TimeProvider clock, CancellationToken cancellationToken) =>
        RepeatAsync(static call => call(), call, patience, clock, cancellationToken);

    private static async Task<T> RepeatAsync<TCall, T>(
        Func<TCall, Task<T>> call, TCall with, TimeSpan patience, TimeProvider clock, CancellationToken cancellationToken)
    {
        long start = 0;
        for (var pause = TimeSpan.FromMilliseconds(50); ; pause = pause * 2 < s_longestPause ? pause * 2 : s_longestPause)
        {
            try
            {
                return await call(with);
            }
            catch (Exception exception) when (IsNodeAway(exception) && !cancellationToken.IsCancellationRequested)
            {
                start = start == 0 ? clock.GetTimestamp() : start;
                if (clock.GetElapsedTime(start) + pause > patience)
                {
                    throw new SessionException(SessionErrors.ClusterAway);
                }
            }

            await Task.Delay(pause, clock, cancellationToken);
        }
    }
}
