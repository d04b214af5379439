using System.Collections.Immutable;

namespace Orleans.Sessions.Codes;

/// <summary>Limits the number of messages within a period: a pure function of the times of earlier ones.</summary>
internal static class SendLimit
{
    /// <summary>
    /// The times to store after one more message. Fails with <c>SESSION-Cool1</c>, with the time when it will be possible, if there were
    /// already <paramref name="most"/> messages within <paramref name="cooldown"/>.
    /// </summary>
    public static ImmutableArray<DateTimeOffset> Take(
        ImmutableArray<DateTimeOffset>? earlier,
        DateTimeOffset now,
        int most,
        TimeSpan cooldown
    )
    {
        ImmutableArray<DateTimeOffset> recent = [.. (earlier ?? []).Where(sentAt => now - sentAt < cooldown)];
        return recent.Length < most
            ? recent.Add(now)
            : throw new SessionException(SessionErrors.CodesTooOften) { RetryAfter = recent[^most] + cooldown - now };
    }
}
