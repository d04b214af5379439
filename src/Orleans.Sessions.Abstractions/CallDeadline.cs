using Orleans.Runtime;

namespace Orleans.Sessions;

/// <summary>
/// Until when the caller waits for an answer. It travels with the call, from grain to grain too, so that work nobody waits for any more is
/// dropped before it begins. It is an instant: the clocks of the nodes should agree to a second.
/// </summary>
public static class CallDeadline
{
    private const string Key = "sessions.deadline";

    /// <summary>How long callers wait that do not say: 10 seconds.</summary>
    public static readonly TimeSpan Default = TimeSpan.FromSeconds(10);

    /// <summary>
    /// The deadline of the present call, at most <see cref="Default"/> from now, so that a client that claims to wait for a day, or a node
    /// whose clock is ahead, does not keep work in a queue.
    /// </summary>
    public static DateTimeOffset Current(TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(clock);
        var latest = clock.GetUtcNow() + Default;
        return RequestContext.Get(Key) is long milliseconds && milliseconds < latest.ToUnixTimeMilliseconds()
            ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds)
            : latest;
    }

    /// <summary>Calls that are made from here on, by this method and those it calls, have to be answered until then.</summary>
    public static void Set(DateTimeOffset deadline) => RequestContext.Set(Key, deadline.ToUnixTimeMilliseconds());
}
