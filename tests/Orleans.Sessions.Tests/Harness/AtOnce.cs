namespace Orleans.Sessions.Tests.Harness;

/// <summary>A clock that stands still, and on which every delay ends at once.</summary>
public sealed class AtOnce : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        base.CreateTimer(callback, state, TimeSpan.Zero, period);
}
