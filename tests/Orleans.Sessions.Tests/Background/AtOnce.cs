namespace Orleans.Sessions.Tests.Background;

/// <summary>A clock on which every pause is over at once.</summary>
public sealed class AtOnce : TimeProvider
{
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        base.CreateTimer(callback, state, TimeSpan.Zero, period);
}
