using System.Diagnostics.CodeAnalysis;
using Orleans.Sessions.Events;

namespace Orleans.Sessions.Sessions;

/// <summary>
/// Which sessions in memory leave it next. Most sessions are used once in a while; they leave after <paramref name="keepUnused"/>. A
/// session that is used again within that time stays until nobody has used it for <see cref="InUse"/>.
/// </summary>
internal sealed class SessionStays(TimeSpan keepUnused, TimeProvider clock)
{
    /// <summary>How often a session in use is looked at. Watchers come again within this time.</summary>
    public static readonly TimeSpan InUse = SessionWatchers.Patience;

    private readonly Lock _lock = new();

    /// <summary>All wait for the same time in a queue, so the first one is due first.</summary>
    private readonly Queue<(SessionStay Stay, long Since)> _new = new();
    private readonly Queue<(SessionStay Stay, long Since)> _inUse = new();

    /// <summary>A session has come to memory.</summary>
    public void Add(SessionStay stay)
    {
        lock (_lock)
        {
            _new.Enqueue((stay, clock.GetTimestamp()));
        }
    }

    /// <summary>Ends stays that are due, at most <paramref name="max"/>.</summary>
    public void EndDue(int max)
    {
        for (var ended = 0; ended < max && TakeDue() is { } stay; ended++)
        {
            stay.End();
        }
    }

    private SessionStay? TakeDue()
    {
        var now = clock.GetTimestamp();
        lock (_lock)
        {
            while (TryTake(_new, keepUnused, now, out var stay) || TryTake(_inUse, InUse, now, out stay))
            {
                if (!stay.IsUsedAgain)
                {
                    return stay;
                }

                stay.IsUsedAgain = false;
                _inUse.Enqueue((stay, now));
            }

            return null;
        }
    }

    private bool TryTake(Queue<(SessionStay Stay, long Since)> queue, TimeSpan time, long now, [NotNullWhen(true)] out SessionStay? stay)
    {
        stay = null;
        if (queue.TryPeek(out var first) && clock.GetElapsedTime(first.Since, now) >= time)
        {
            queue.Dequeue();
            stay = first.Stay;
        }

        return stay is not null;
    }
}
