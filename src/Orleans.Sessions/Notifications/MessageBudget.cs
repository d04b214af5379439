namespace Orleans.Sessions.Notifications;

/// <summary>
/// The stored message counts of a day. <paramref name="Emails"/> and <paramref name="Sms"/> are upper limits: some messages are
/// counted in advance, so that not every message needs a write. Pure functions.
/// </summary>
/// <param name="Day">The day, UTC.</param>
/// <param name="Emails">The maximum number of e-mails sent.</param>
/// <param name="Sms">The maximum number of SMS sent.</param>
internal sealed record MessageBudget(DateOnly Day, int Emails = 0, int Sms = 0)
{
    /// <summary>A hundredth of a day's budget is reserved at once: a crash loses at most this much.</summary>
    private const int Parts = 100;

    /// <summary>The count of a channel.</summary>
    public int Of(OtpChannel channel) => channel == OtpChannel.Email ? Emails : Sms;

    /// <summary>The same with this count for a channel.</summary>
    public MessageBudget With(OtpChannel channel, int messages) =>
        channel == OtpChannel.Email ? this with { Emails = messages } : this with { Sms = messages };

    /// <summary>
    /// What to store before <paramref name="taken"/> messages of a channel are sent, of which at most <paramref name="most"/> are allowed.
    /// </summary>
    public MessageBudget Reserve(OtpChannel channel, int taken, int most) =>
        taken <= Of(channel) ? this : With(channel, (int)Math.Min(most, taken + ((long)most / Parts)));
}
