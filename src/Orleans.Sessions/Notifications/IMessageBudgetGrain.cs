namespace Orleans.Sessions.Notifications;

/// <summary>
/// How many messages of each channel the whole installation may send today. There is one (<see cref="GrainKeys.MessageBudget"/>): all nodes ask it.
/// </summary>
[Alias("sessions.IMessageBudgetGrain")]
public interface IMessageBudgetGrain : IGrainWithStringKey
{
    /// <summary>
    /// Takes messages out of today's budget. Fails with <c>SESSION-Day02</c>, saying when the next day (UTC) begins, when there are not as
    /// many left.
    /// </summary>
    [Alias("Take")]
    Task TakeAsync(OtpChannel channel, int messages);
}
