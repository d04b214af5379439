using Orleans.Runtime;

namespace Orleans.Sessions;

/// <summary>
/// How much longer the caller waits for an answer. It travels with the call, also from grain to grain, so that grains drop work that nobody
/// waits for before they begin it. Each node measures by its own monotonic clock; from node to node goes the remaining time
/// (<see cref="CallDeadlineCodec"/>). So the nodes' clocks may differ. The time on the way between two nodes is not counted.
/// </summary>
/// <param name="wait">How long the caller waits from now on.</param>
/// <param name="clock">The clock of this node.</param>
public sealed class CallDeadline(TimeSpan wait, TimeProvider clock)
{
    private const string Key = "sessions.wait";

    /// <summary>The deadline of calls that do not set one: 10 seconds.</summary>
    public static readonly TimeSpan Default = TimeSpan.FromSeconds(10);

    private readonly long _since = clock.GetTimestamp();

    /// <summary>How much longer the caller waits; zero if it has given up.</summary>
    public TimeSpan Left => wait - clock.GetElapsedTime(_since) is var left && left > TimeSpan.Zero ? left : TimeSpan.Zero;

    /// <summary>
    /// The deadline of the current call, at most <see cref="Default"/> from now. The limit keeps work from waiting in a queue for a client
    /// that claims to wait for a day.
    /// </summary>
    public static CallDeadline Current(TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(clock);
        var left = RequestContext.Get(Key) switch
        {
            CallDeadline here => here.Left,
            long milliseconds => TimeSpan.FromMilliseconds(Math.Clamp(milliseconds, 0, (long)Default.TotalMilliseconds)),
            _ => Default,
        };
        return new CallDeadline(left < Default ? left : Default, clock);
    }

    /// <summary>Sets the deadline of the calls that this method, and the methods it calls, make from here on.</summary>
    /// <param name="wait">How long the caller waits from now on.</param>
    /// <param name="clock">The clock of this node.</param>
    public static void Set(TimeSpan wait, TimeProvider clock) => RequestContext.Set(Key, new CallDeadline(wait, clock));

    /// <summary>Starts to measure the remaining time of a call that has come from another node.</summary>
    public static void Receive(TimeProvider clock)
    {
        if (RequestContext.Get(Key) is long)
        {
            RequestContext.Set(Key, Current(clock));
        }
    }
}
