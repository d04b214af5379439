namespace Orleans.Sessions.Directory;

/// <summary>
/// Messages to people that are still to be delivered. They get in by the write of the session or user that causes them, in the same
/// transaction. A claimed message is its claimer's until the lease is over: then whoever comes next tries again, so that a node's
/// death costs nothing but a repetition. Methods fail with <see cref="StoreUnavailableException"/>.
/// </summary>
public interface INotificationOutbox
{
    /// <summary>Claims at most <paramref name="limit"/> messages that are due, longest due first; no two callers get the same one.</summary>
    Task<IReadOnlyList<PendingNotification>> ClaimAsync(DateTimeOffset now, TimeSpan lease, int limit, CancellationToken cancellationToken);

    /// <summary>The message was delivered: it goes, and its event (<c>session.otp.sms.sent</c>) is appended, in one transaction.</summary>
    Task SentAsync(PendingNotification notification, DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>Delivery failed: somebody tries again at <paramref name="dueAt"/>. Does nothing when it was claimed again or replaced meanwhile.</summary>
    Task RetryAsync(PendingNotification notification, DateTimeOffset dueAt, CancellationToken cancellationToken);

    /// <summary>The message is given up and goes. Does nothing when it was claimed again or replaced meanwhile.</summary>
    Task DropAsync(PendingNotification notification, CancellationToken cancellationToken);
}

/// <summary>A claimed message.</summary>
/// <param name="GrainKey">The key of the session or user it belongs to.</param>
/// <param name="Kind">What it is about; one of each kind per session or user, a newer one replaces it.</param>
/// <param name="Id">Its id, the same at every attempt.</param>
/// <param name="Content">The encrypted message, base64.</param>
/// <param name="ExpiresAt">When its code is void, so that delivering it makes no sense any more.</param>
/// <param name="Attempts">How many attempts there were, this one included.</param>
public sealed record PendingNotification(
    string GrainKey, string Kind, string Id, string Content, DateTimeOffset ExpiresAt, int Attempts);
