using System.Collections.Immutable;

namespace Orleans.Sessions.Codes;

/// <summary>Holds senders to so many messages within a time: a pure function of the times of earlier ones.</summary>
internal static class SendLimit
{
    /// <summary>
    /// The times to remember once one more message is sent. Fails with <c>SESSION-Cool1</c>, saying when it may be, if there were
    /// <paramref name="most"/> within <paramref name="cooldown"/> already.
    /// </summary>
    public static ImmutableArray<DateTimeOffset> Take(ImmutableArray<DateTimeOffset>? earlier, DateTimeOffset now, int most, TimeSpan cooldown)
    {
        ImmutableArray<DateTimeOffset> recent = [.. (earlier ?? []).Where(sentAt => now - sentAt < cooldown)];
        return recent.Length < most
            ? recent.Add(now)
            : throw new SessionException(SessionErrors.CodesTooOften) { RetryAfter = recent[^most] + cooldown - now };
    }
}
