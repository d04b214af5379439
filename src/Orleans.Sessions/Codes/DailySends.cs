namespace Orleans.Sessions.Codes;

/// <summary>
/// The number of messages sent to a user within a day, which begins with the first of them. Stored with the user. Pure functions.
/// </summary>
/// <param name="Since">When the first message was sent.</param>
/// <param name="Emails">The number of e-mails.</param>
/// <param name="Sms">The number of SMS.</param>
internal sealed record DailySends(DateTimeOffset Since, int Emails = 0, int Sms = 0)
{
    private static readonly TimeSpan s_day = TimeSpan.FromDays(1);

    /// <summary>
    /// The counts after one more message. Fails with <c>SESSION-Day01</c>, with the end of the day, if
    /// <paramref name="most"/> messages of the channel were already sent; 0 means no limit.
    /// </summary>
    public static DailySends Take(DailySends? earlier, OtpChannel channel, DateTimeOffset now, int most)
    {
        var today = earlier is not null && now < earlier.Since + s_day ? earlier : new DailySends(now);
        var sent = channel == OtpChannel.Email ? today.Emails : today.Sms;
        if (most > 0 && sent >= most)
        {
            throw new SessionException(SessionErrors.TooManyMessagesForUser) { RetryAfter = today.Since + s_day - now };
        }

        return channel == OtpChannel.Email ? today with { Emails = sent + 1 } : today with { Sms = sent + 1 };
    }

    /// <summary>The number of messages that a change of the record has added.</summary>
    public static (int Emails, int Sms) Added(DailySends? before, DailySends? after) =>
        after switch
        {
            null => (0, 0),
            _ when before?.Since == after.Since => (after.Emails - before.Emails, after.Sms - before.Sms),
            _ => (after.Emails, after.Sms),
        };
}
