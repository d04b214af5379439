using System.Data.Common;
using Orleans.Runtime;

namespace Orleans.Sessions;

/// <summary>
/// Repeats a grain call that met a dying node, with a growing pause, so that a killed silo costs latency and not errors.
/// <para>
/// A call is repeated only if nobody works on it any more: no node took it, or the node that had it is dead. A late response is different.
/// The call may still run. If it were repeated, it could do its work twice at the same time, and one wrong password would count as two.
/// Only <see cref="RepeatIdempotentAsync{T}(Func{Task{T}}, TimeProvider, CancellationToken)"/> also repeats a call with a late response,
/// because its calls may safely run twice.
/// </para>
/// </summary>
public static class GrainCalls
{
    /// <summary>This is enough time for a cluster to notice that a node is dead, and to place its grains on other nodes.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(8);

    private static readonly TimeSpan s_longestPause = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Whether a call failed because no node could take it or answer in time, so that a later attempt makes sense. Orleans reports this
    /// with several exceptions, for example when a node leaves or was voted out. If the caller does not know the type of a grain's
    /// exception, that exception arrives wrapped. The directory of grains reads the members in the database, and fails as the database
    /// does.
    /// </summary>
    public static bool IsNodeAway(Exception exception) =>
        exception is TimeoutException or (OrleansException and not WrappedException) or DbException { IsTransient: true }
        || IsNotRunning(exception);

    /// <summary>
    /// Calls <paramref name="call"/> until a node takes it. Fails with <c>SESSION-Clust</c> if no node takes it within 8 seconds, or if the
    /// answer is late. After a late answer, the call may have happened or may still happen, so its grain must recognize a repetition.
    /// </summary>
    public static Task<T> RepeatAsync<T>(Func<Task<T>> call, TimeProvider clock, CancellationToken cancellationToken) =>
        RepeatAsync(call, s_patience, clock, cancellationToken);

    /// <summary>Like the other overloads, with a time limit of <paramref name="patience"/>.</summary>
    public static Task<T> RepeatAsync<T>(Func<Task<T>> call, TimeSpan patience, TimeProvider clock, CancellationToken cancellationToken) =>
        RepeatAsync(static call => call(), call, IsNotRunning, patience, clock, cancellationToken);

    /// <summary>
    /// Like <see cref="RepeatAsync{T}(Func{Task{T}}, TimeProvider, CancellationToken)"/>, but also repeats after a late answer. It is for
    /// cheap reads, and for cheap changes that name their id. Such a call may run twice at the same time.
    /// </summary>
    public static Task<T> RepeatIdempotentAsync<T>(Func<Task<T>> call, TimeProvider clock, CancellationToken cancellationToken) =>
        RepeatIdempotentAsync(call, s_patience, clock, cancellationToken);

    /// <summary>Like the other overloads, with a time limit of <paramref name="patience"/>.</summary>
    public static Task<T> RepeatIdempotentAsync<T>(
        Func<Task<T>> call,
        TimeSpan patience,
        TimeProvider clock,
        CancellationToken cancellationToken
    ) => RepeatAsync(static call => call(), call, IsNodeAway, patience, clock, cancellationToken);

    /// <summary>Like the other overloads, for calls without a result.</summary>
    public static Task RepeatIdempotentAsync(Func<Task> call, TimeProvider clock, CancellationToken cancellationToken) =>
        RepeatIdempotentAsync(
            async () =>
            {
                await call();
                return true;
            },
            clock,
            cancellationToken
        );

    /// <summary>Like the other overloads, for callers that avoid a closure.</summary>
    public static Task<T> RepeatIdempotentAsync<TCall, T>(
        Func<TCall, Task<T>> call,
        TCall with,
        TimeProvider clock,
        CancellationToken cancellationToken
    ) => RepeatAsync(call, with, IsNodeAway, s_patience, clock, cancellationToken);

    /// <summary>
    /// Whether nobody works on the call. A message that expires before its grain has a place comes back as canceled, although nobody
    /// canceled it. So callers check their own token first.
    /// </summary>
    private static bool IsNotRunning(Exception exception) =>
        exception is OrleansMessageRejectionException or SiloUnavailableException or OperationCanceledException;

    private static async Task<T> RepeatAsync<TCall, T>(
        Func<TCall, Task<T>> call,
        TCall with,
        Func<Exception, bool> mayRepeat,
        TimeSpan patience,
        TimeProvider clock,
        CancellationToken cancellationToken
    )
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
                // If the call waited before it failed, its time is used up. If it was refused at once, it may be repeated for as long as
                // the cluster takes to recover.
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
