namespace Orleans.Sessions.Storage;

/// <summary>
/// Messages to people that are still to be delivered. The write of the session or user that causes a message adds it in the same
/// transaction. A claimed message belongs to the node that claimed it until the lease ends. After that, any node may claim it again, so the
/// death of a node costs at most a repeated message. Methods fail with <see cref="StoreUnavailableException"/>.
/// </summary>
public interface INotificationOutbox
{
    /// <summary>
    /// Claims at most <paramref name="limit"/> messages that are due, longest due first. No two callers get the same message.
    /// </summary>
    Task<IReadOnlyList<PendingNotification>> ClaimAsync(DateTimeOffset now, TimeSpan lease, int limit, CancellationToken cancellationToken);

    /// <summary>
    /// Records that the message was delivered. One transaction deletes the message and appends its event (such as
    /// <c>session.otp.sms.sent</c>).
    /// </summary>
    Task SentAsync(PendingNotification notification, DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>
    /// Records that delivery failed. A node tries again at <paramref name="dueAt"/>. Does nothing if the message was claimed again or
    /// replaced meanwhile.
    /// </summary>
    Task RetryAsync(PendingNotification notification, DateTimeOffset dueAt, CancellationToken cancellationToken);

    /// <summary>Gives up the message and deletes it. Does nothing if the message was claimed again or replaced meanwhile.</summary>
    Task DropAsync(PendingNotification notification, CancellationToken cancellationToken);
}
