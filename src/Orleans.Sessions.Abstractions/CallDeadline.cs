using Orleans.Runtime;

namespace Orleans.Sessions;

/// <summary>
/// The time until which the caller waits for an answer. It travels with the call, also from grain to grain, so that grains drop work that
/// nobody waits for before they begin it. It is an absolute time, so the clocks of the nodes should agree to within a second.
/// </summary>
public static class CallDeadline
{
    private const string Key = "sessions.deadline";

    /// <summary>The deadline of calls that do not set one: 10 seconds.</summary>
    public static readonly TimeSpan Default = TimeSpan.FromSeconds(10);

    /// <summary>
    /// The deadline of the current call, at most <see cref="Default"/> from now. The limit keeps work from waiting in a queue for a client
    /// that claims to wait for a day, or because the clock of a node is ahead.
    /// </summary>
    public static DateTimeOffset Current(TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(clock);
        var latest = clock.GetUtcNow() + Default;
        return RequestContext.Get(Key) is long milliseconds && milliseconds < latest.ToUnixTimeMilliseconds()
            ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds)
            : latest;
    }

    /// <summary>Sets the deadline of the calls that this method, and the methods it calls, make from here on.</summary>
    public static void Set(DateTimeOffset deadline) => RequestContext.Set(Key, deadline.ToUnixTimeMilliseconds());
}
