namespace Orleans.Sessions.Notifications;

/// <summary>
/// The messages of a day, as they are stored: <paramref name="Emails"/> and <paramref name="Sms"/> are as many as may have been sent, some
/// of them ahead of time, so that not every message needs a write. Pure functions.
/// </summary>
/// <param name="Day">The day, UTC.</param>
/// <param name="Emails">How many went by e-mail, at most.</param>
/// <param name="Sms">How many went by SMS, at most.</param>
public sealed record MessageBudget(DateOnly Day, int Emails = 0, int Sms = 0)
{
    /// <summary>A hundredth of a day's budget is reserved at once: after a crash no more than that is lost.</summary>
    private const int Parts = 100;

    /// <summary>How many of a channel there were.</summary>
    public int Of(OtpChannel channel) => channel == OtpChannel.Email ? Emails : Sms;

    /// <summary>The same with so many of a channel.</summary>
    public MessageBudget With(OtpChannel channel, int messages) =>
        channel == OtpChannel.Email ? this with { Emails = messages } : this with { Sms = messages };

    /// <summary>
    /// What to store before <paramref name="taken"/> messages of a channel have been sent, of which there may be <paramref name="most"/>.
    /// </summary>
    public MessageBudget Reserve(OtpChannel channel, int taken, int most) =>
        taken <= Of(channel) ? this : With(channel, (int)Math.Min(most, taken + ((long)most / Parts)));
}
