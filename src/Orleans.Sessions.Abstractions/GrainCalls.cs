using Orleans.Runtime;

namespace Orleans.Sessions;

/// <summary>
/// Repeats a grain call that met a dying node, with a growing pause, so that a killed silo costs latency and not errors.
/// <para>
/// A call is repeated where nobody works on it any more: no node took it, or the node that had it is dead. A response that is late is
/// another thing: the call may still run, and to repeat it would do its work twice at the same time and count one wrong password as two.
/// Only <see cref="RepeatIdempotentAsync{T}(Func{Task{T}}, TimeProvider, CancellationToken)"/> repeats then, for calls to which that does
/// no harm.
/// </para>
/// </summary>
public static class GrainCalls
{
    /// <summary>Long enough for a cluster to notice that a node is dead and to place its grains elsewhere.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(8);

    private static readonly TimeSpan s_longestPause = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Whether a call failed because no node could take it or answered in time, so that it makes sense to try again later. Orleans itself
    /// says so in many words, as on a node that leaves or was voted out; what a grain has failed with comes wrapped when callers do not
    /// know it.
    /// </summary>
    public static bool IsNodeAway(Exception exception) =>
        exception is TimeoutException or (OrleansException and not WrappedException) || IsNotRunning(exception);

    /// <summary>
    /// Calls <paramref name="call"/> until a node takes it; fails with <c>SESSION-Clust</c> when none does within 8 seconds, or when the
    /// answer is late: then the call may have happened, or may happen yet. Its grain has to recognise it when it comes again.
    /// </summary>
    public static Task<T> RepeatAsync<T>(Func<Task<T>> call, TimeProvider clock, CancellationToken cancellationToken) =>
        RepeatAsync(call, s_patience, clock, cancellationToken);

    /// <summary>As the other ones, within <paramref name="patience"/>.</summary>
    public static Task<T> RepeatAsync<T>(Func<Task<T>> call, TimeSpan patience, TimeProvider clock, CancellationToken cancellationToken) =>
        RepeatAsync(static call => call(), call, IsNotRunning, patience, clock, cancellationToken);

    /// <summary>
    /// As <see cref="RepeatAsync{T}(Func{Task{T}}, TimeProvider, CancellationToken)"/>, and also when the answer is late: for cheap reads,
    /// and for cheap changes that name their id. Such a call may run twice at once.
    /// </summary>
    public static Task<T> RepeatIdempotentAsync<T>(Func<Task<T>> call, TimeProvider clock, CancellationToken cancellationToken) =>
        RepeatIdempotentAsync(call, s_patience, clock, cancellationToken);

    /// <summary>As the other ones, within <paramref name="patience"/>.</summary>
    public static Task<T> RepeatIdempotentAsync<T>(
        Func<Task<T>> call, TimeSpan patience, TimeProvider clock, CancellationToken cancellationToken) =>
        RepeatAsync(static call => call(), call, IsNodeAway, patience, clock, cancellationToken);

    /// <summary>As the other ones, for calls that answer nothing.</summary>
    public static Task RepeatIdempotentAsync(
        Func<Task> call, TimeProvider clock, CancellationToken cancellationToken) => RepeatIdempotentAsync(
        async () =>
        {
            await call();
            return true;
        },
        clock,
        cancellationToken);

    /// <summary>As the other ones, for callers that avoid a closure.</summary>
    public static Task<T> RepeatIdempotentAsync<TCall, T>(
        Func<TCall, Task<T>> call, TCall with, TimeProvider clock, CancellationToken cancellationToken) =>
        RepeatAsync(call, with, IsNodeAway, s_patience, clock, cancellationToken);

    /// <summary>
    /// Whether nobody works on the call. A message that expired before its grain had a place comes back as canceled, though nobody has
    /// canceled anything: callers look at their own token first.
    /// </summary>
    private static bool IsNotRunning(Exception exception) =>
        exception is OrleansMessageRejectionException or SiloUnavailableException or OperationCanceledException;

    private static async Task<T> RepeatAsync<TCall, T>(
        Func<TCall, Task<T>> call,
        TCall with,
        Func<Exception, bool> mayRepeat,
        TimeSpan patience,
        TimeProvider clock,
        CancellationToken cancellationToken)
    {
        var (begun, failed) = (clock.GetTimestamp(), 0L);
        for (var pause = TimeSpan.FromMilliseconds(50); ; pause = pause * 2 < s_longestPause ? pause * 2 : s_longestPause)
        {
            try
            {
                return await call(with);
            }
            catch (Exception exception) when (IsNodeAway(exception) && !cancellationToken.IsCancellationRequested)
            {
                // Who was let wait has waited; who was refused at once may try for as long as the cluster takes to recover.
                failed = failed == 0 ? clock.GetTimestamp() : failed;
                var since = exception is TimeoutException ? begun : failed;
                if (!mayRepeat(exception) || clock.GetElapsedTime(since) + pause > patience)
                {
                    throw new SessionException(SessionErrors.ClusterAway);
                }
            }

            await Task.Delay(pause, clock, cancellationToken);
        }
    }
}
