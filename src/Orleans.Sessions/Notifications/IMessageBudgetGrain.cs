namespace Orleans.Sessions.Notifications;

/// <summary>
/// How many messages of each channel the whole installation may send today. There is one grain (<see cref="GrainKeys.MessageBudget"/>), and
/// all nodes ask it.
/// </summary>
[Alias("sessions.IMessageBudgetGrain")]
internal interface IMessageBudgetGrain : IGrainWithStringKey
{
    /// <summary>
    /// Takes messages from today's budget. Fails with <c>SESSION-Day02</c>, with the beginning of the next day (UTC), if fewer are
    /// left.
    /// </summary>
    [Alias("Take")]
    Task TakeAsync(OtpChannel channel, int messages);
}
